# Questions to an archive, in all formats; corrections.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

archive=$scratch/a.relato
runs 0 "$RELATO" add "$archive" samples/archive/reports.jsonl

# Every question has an answer in every format that goes with it.
for question in events timeline figures claims sources entities; do
    runs 0 "$RELATO" $question --limit 5 "$archive"
    [ -s "$scratch/out" ] || fail "no $question"
    runs 0 "$RELATO" $question --format json "$archive"
    jq -e . "$scratch/out" >"$scratch/null" || fail "$question gives broken JSON"
    runs 0 "$RELATO" $question --format csv "$archive"
    python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8")))
assert len(rows) > 1 and len({len(row) for row in rows}) == 1' "$scratch/out" || fail "$question gives broken CSV"
done
for format in plover geojson jsonld; do
    runs 0 "$RELATO" events --format $format "$archive"
    jq -e . "$scratch/out" >"$scratch/null" || fail "$format is broken JSON"
done
for format in gexf graphml; do
    runs 0 "$RELATO" entities --format $format "$archive"
    python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$scratch/out" || fail "$format is broken XML"
done
runs 0 "$RELATO" events --format ics "$archive"
says out "BEGIN:VEVENT"
runs 0 "$RELATO" search "$archive" consulado
says out "consulado"

# Filters leave what fits, and only that.
runs 0 "$RELATO" events --country TUR --since 2018-01-01 --until 2018-12-31 --format json "$archive"
[ -s "$scratch/out" ] || fail "nothing in Turkey"
[ "$(jq -r 'select(.day < "2018-01-01" or .day > "2018-12-31") | .id' "$scratch/out" | wc -l)" = 0 ] || fail "dates"
runs 0 "$RELATO" claims --anonymous --format json "$archive"
[ "$(jq -r .anonymous "$scratch/out" | sort -u)" = true ] || fail "named sources among the anonymous"
runs 0 "$RELATO" events --format json "$archive"
cp "$scratch/out" "$scratch/all"
runs 0 "$RELATO" events --format json --limit 3 --offset 2 "$archive"
sed -n 3,5p "$scratch/all" >"$scratch/part"
same "$scratch/out" "$scratch/part"

# What does not go together is wrong usage; what is not there is an error.
runs 2 "$RELATO" events --format gexf "$archive"
runs 2 "$RELATO" events --type WAR "$archive"
runs 2 "$RELATO" events --since yesterday "$archive"
runs 1 "$RELATO" explain "$archive" 17
says err "there is no event 17"
runs 1 "$RELATO" events "$scratch/nowhere"

# An event told by several reports is explained with the words of each; what the
# user parts stays parted and what he joins stays joined when reports come again.
id=$(jq -r 'select(.reports > 2) | .id' "$scratch/all" | head -1)
[ -n "$id" ] || fail "no event of several reports"
runs 0 "$RELATO" explain "$archive" "$id" --format json
told=$(jq '.told | length' "$scratch/out")
report=$(jq -r '.told[1].report' "$scratch/out")
item=$(jq -r '.told[1].item' "$scratch/out")
runs 0 "$RELATO" split "$archive" "$id" "$report:$item"
holds() { # the event that the item belongs to
    python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT event FROM report_events WHERE report = ? AND n = ?", (sys.argv[2], sys.argv[3])).fetchone()[0])' \
        "$archive" "$report" "${item#V}"
}
other=$(holds)
[ "${other:-$id}" != "$id" ] || fail "split: the item is still in $id ($other, $told)"
runs 0 "$RELATO" add "$archive" samples/archive/reports.jsonl samples/pt.jsonl
[ "$(holds)" = "$other" ] || fail "the split does not survive adding"
runs 0 "$RELATO" merge "$archive" "$id" "$other"
[ "$(holds)" != "$other" ] || [ "$other" -lt "$id" ] || fail "merge"
runs 1 "$RELATO" merge "$archive" "$id" 1
says err "there is no event 1"
runs 2 "$RELATO" split "$archive" "$id" 1:X3
runs 2 "$RELATO" merge "$archive"
finish
