# What an archive merges: the sample collection, in any order, and corrections of it.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

runs 0 "$RELATO" add "$scratch/one.relato" samples/archive/reports.jsonl
python3 tests/merge.py "$scratch/one.relato" tests/cases/merge.json || fail "merging is worse than it was"

# The order of adding plays no part, nor does adding in parts.
for seed in 1 2 3; do
    rm -f "$scratch"/other.relato*
    python3 -c 'import random, sys
lines = open("samples/archive/reports.jsonl").readlines()
random.Random(int(sys.argv[1])).shuffle(lines)
open(sys.argv[2], "w").writelines(lines[:20])
open(sys.argv[3], "w").writelines(lines[20:])' "$seed" "$scratch/first.jsonl" "$scratch/second.jsonl"
    runs 0 "$RELATO" add "$scratch/other.relato" "$scratch/first.jsonl"
    runs 0 "$RELATO" add "$scratch/other.relato" "$scratch/second.jsonl"
    python3 tests/merge.py --same "$scratch/one.relato" "$scratch/other.relato" || fail "order $seed gives another archive"
done

# Attacks on one town days apart are two; the same told abroad is one.
cat >"$scratch/two.jsonl" <<'REPORTS'
{"text": "A Russian missile hit an apartment block in Kharkiv on Sunday, killing four people, regional governor Oleh Syniehubov said.", "url": "https://a.example/1", "published": "2024-03-10", "outlet": "A", "language": "en"}
{"text": "Russian forces struck a printing plant in Kharkiv on Thursday, killing seven workers, governor Oleh Syniehubov said.", "url": "https://a.example/2", "published": "2024-03-14", "outlet": "A", "language": "en"}
{"text": "Police in Lagos arrested twelve protesters on Monday during a march against fuel prices, spokesman Benjamin Hundeyin said.", "url": "https://a.example/3", "published": "2024-02-19", "outlet": "A", "language": "en"}
{"text": "A polícia nigeriana deteve doze manifestantes em Lagos na segunda-feira, durante uma marcha contra o preço dos combustíveis.", "url": "https://b.example/3", "published": "2024-02-20", "outlet": "B", "language": "pt"}
REPORTS
runs 0 "$RELATO" add "$scratch/two.relato" "$scratch/two.jsonl"
count() { # SQL
    python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])' "$scratch/two.relato" "$1"
}
[ "$(count "SELECT max(reports) FROM events WHERE type = 'ASSAULT'")" = 1 ] || fail "two attacks are one"
[ "$(count "SELECT max(reports) FROM events WHERE type = 'COERCE'")" = 2 ] || fail "one arrest is two"
finish
