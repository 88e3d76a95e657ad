# relato add: reports into an archive.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

archive=$scratch/a.relato
query() { # SQL
    python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print("|".join("" if x is None else str(x) for x in row))' "$archive" "$1"
}

runs 0 "$RELATO" add "$archive" samples/pt.jsonl samples/es.jsonl samples/en.jsonl
[ "$(query 'SELECT count(*) FROM reports')" = "$(cat samples/*.jsonl | wc -l)" ] || fail "not all reports are there"
query 'SELECT id, url, n, content, source FROM claims_view JOIN reports USING (report, url) ORDER BY 1, 2, 3' >"$scratch/before"
[ "$(wc -l <"$scratch/before")" -gt 10 ] || fail "few claims"

# Again: nothing changes.
runs 0 "$RELATO" add "$archive" samples/pt.jsonl samples/es.jsonl samples/en.jsonl
says err "0 reports added"
query 'SELECT id, url, n, content, source FROM claims_view JOIN reports USING (report, url) ORDER BY 1, 2, 3' >"$scratch/after"
same "$scratch/before" "$scratch/after"

# A newer version of an address supersedes the older, in whatever order they come.
old='{"text": "A polícia deteve ontem doze pessoas em Beja.", "url": "https://a.example/1", "published": "2023-05-02"}'
new='{"text": "A polícia deteve ontem catorze pessoas em Beja.", "url": "https://a.example/1", "published": "2023-05-03"}'
echo "$new" | "$RELATO" add "$archive" - 2>/dev/null
echo "$old" | "$RELATO" add "$archive" - 2>/dev/null
[ "$(query "SELECT text FROM current_reports WHERE url = 'https://a.example/1'")" = "A polícia deteve ontem catorze pessoas em Beja." ] ||
    fail "the older version is current"

# Words are found without accents and by their lemma.
[ "$(query "SELECT count(*) FROM words WHERE words MATCH 'policia' AND rowid IN (SELECT report FROM reports WHERE url = 'https://a.example/1')")" = 2 ] ||
    fail "a word without its accent is not found"
[ "$(query "SELECT count(*) FROM words WHERE words MATCH 'deter' AND rowid IN (SELECT report FROM reports WHERE url = 'https://a.example/1')")" = 2 ] ||
    fail "a lemma is not found"

# What is no archive is refused and left alone.
printf 'no database' >"$scratch/text"
runs 1 "$RELATO" add "$scratch/text" samples/pt.jsonl
says err "$scratch/text: file is not a database"
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("CREATE TABLE t (x)")' "$scratch/other"
runs 1 "$RELATO" add "$scratch/other" samples/pt.jsonl
says err "no archive of Relato"
cp "$archive" "$scratch/later"
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version = 99")' "$scratch/later"
runs 1 "$RELATO" add "$scratch/later" samples/pt.jsonl
says err "has format 99, which a later version of Relato made"
runs 2 "$RELATO" add
finish
