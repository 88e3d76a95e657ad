# What was reported as added is never lost, whatever ends the program: kills at any
# moment, a full disk.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

archive=$scratch/crash.relato
whole() { # the archive is sound, and holds nothing in part
    python3 - "$1" <<'PYTHON' || fail "$2: the archive is not whole"
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
loose = database.execute("""SELECT count(*) FROM reports r WHERE superseded_by IS NULL AND (head IS NULL OR NOT EXISTS
    (SELECT 1 FROM words WHERE rowid = r.report))""").fetchone()[0]
orphans = database.execute("""SELECT (SELECT count(*) FROM report_events WHERE event NOT IN (SELECT event FROM events)) +
    (SELECT count(*) FROM report_entities WHERE entity NOT IN (SELECT entity FROM entities)) +
    (SELECT count(*) FROM event_participants WHERE event NOT IN (SELECT event FROM events))""").fetchone()[0]
sys.exit(not (sound and loose == 0 and orphans == 0))
PYTHON
}
count() {
    python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM reports").fetchone()[0])' "$archive" 2>/dev/null || echo 0
}

# Some hundred texts that differ: the samples, each with a number.
for i in $(seq 8); do
    jq -c --arg i "$i" '.text += "\nEdição número " + $i + "." | .url += "?" + $i' samples/archive/reports.jsonl
done >"$scratch/many.jsonl"

before=0
for delay in 0.1 0.2 0.4 0.6 0.9; do
    "$RELATO" add "$archive" "$scratch/many.jsonl" 2>/dev/null &
    adding=$!
    sleep "$delay"
    kill -9 "$adding" 2>/dev/null
    wait "$adding" 2>/dev/null
    [ -s "$archive" ] || continue
    now=$(count)
    [ "$now" -ge "$before" ] || fail "reports are lost: $before, then $now"
    before=$now
    [ "$now" = 0 ] || whole "$archive" "killed after $delay s"
done
runs 0 "$RELATO" add "$archive" "$scratch/many.jsonl"
whole "$archive" "taken up again"
[ "$(count)" = "$(wc -l <"$scratch/many.jsonl")" ] || fail "not all reports are there: $(count)"

# Killed or not, the events are those of an archive that was filled in one go.
"$RELATO" add "$scratch/calm.relato" "$scratch/many.jsonl" 2>/dev/null
for file in "$archive" "$scratch/calm.relato"; do
    "$RELATO" events --format json "$file" | jq -c '{id, day, type, reality, voices, reports}'
done >"$scratch/both"
half=$(($(wc -l <"$scratch/both") / 2))
head -n "$half" "$scratch/both" >"$scratch/one"
tail -n "$half" "$scratch/both" >"$scratch/two"
same "$scratch/one" "$scratch/two"

# No more room: it is told, what was committed stays, and with room it goes on.
full=$scratch/full.relato
runs 0 "$RELATO" add "$full" samples/archive
kept=$(wc -l <samples/archive/reports.jsonl)
room=$(($(wc -c <"$full") / 512 + 2000))
(
    trap '' XFSZ
    ulimit -f "$room"
    "$RELATO" add "$full" "$scratch/many.jsonl" 2>"$scratch/err"
) && fail "a full disk goes unnoticed"
says err "$full: "
whole "$full" "disk full"
archive=$full
[ "$(count)" -ge "$kept" ] || fail "reports are lost when the disk is full"
runs 0 "$RELATO" add "$full" "$scratch/many.jsonl"
whole "$full" "room again"
finish
