# relato read: inputs, outputs, errors, exit statuses.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

# One reading a line, whatever the samples are packed in or come through.
runs 0 "$RELATO" read --format json samples/pt.jsonl samples/pt-pagina.html
[ "$(wc -l <"$scratch/out")" = 5 ] || fail "not one line a report"
says out '"format":"relato-reading/1"'
says out '"outlet":"Correio do Planalto Central"'
cp "$scratch/out" "$scratch/whole"
gzip -c samples/pt.jsonl >"$scratch/pt.jsonl.gz"
runs 0 "$RELATO" read --format json "$scratch/pt.jsonl.gz" samples/pt-pagina.html
same "$scratch/out" "$scratch/whole"
if command -v zstd >/dev/null; then
    zstd -q samples/pt.jsonl -o "$scratch/pt.jsonl.zst"
    runs 0 "$RELATO" read --format json "$scratch/pt.jsonl.zst" samples/pt-pagina.html
    same "$scratch/out" "$scratch/whole"
fi
"$RELATO" read --format json - samples/pt-pagina.html <samples/pt.jsonl >"$scratch/out"
same "$scratch/out" "$scratch/whole"

# The same bytes for any number of threads, in the order of the input.
i=0
while [ $i -lt 40 ]; do
    cat samples/pt.jsonl samples/es.jsonl samples/en.jsonl
    i=$((i + 1))
done >"$scratch/many.jsonl"
runs 0 "$RELATO" read --format json -j 1 "$scratch/many.jsonl"
cp "$scratch/out" "$scratch/one"
for threads in 2 3 8; do
    runs 0 "$RELATO" read --format json -j $threads "$scratch/many.jsonl"
    same "$scratch/out" "$scratch/one"
done

# The dossier: plain in a pipe, coloured if asked for, within its width.
runs 0 "$RELATO" read samples/en.jsonl
says out "Antony Blinken"
says out "Persons"
grep -q "$(printf '\033')" "$scratch/out" && fail "colour in a pipe"
runs 0 "$RELATO" read --colour always samples/en.jsonl
grep -q "$(printf '\033')" "$scratch/out" || fail "no colour"
runs 0 "$RELATO" read --width 50 samples/es.jsonl
[ "$(grep -v '://' "$scratch/out" | wc -L)" -le 50 ] || fail "lines longer than the width"

# A figure beyond all counting is written as it can be.
printf 'Morreram %059d pessoas em Lisboa.\n' 0 | tr 0 2 >"$scratch/large.txt"
runs 0 "$RELATO" read --language pt "$scratch/large.txt"
says out '2,22222222222222e+58 pessoas'

# What the caller knows better.
printf 'O Brasil venceu.\n' >"$scratch/short.txt"
runs 0 "$RELATO" read --format json --language pt --published 2024-03-01 "$scratch/short.txt"
says out '"published":"2024-03-01"'

# Bad input costs that input: it is named, the rest is read, the status is 1.
mkdir "$scratch/folder"
: >"$scratch/empty"
printf 'a\0b\0c' >"$scratch/binary"
printf 'La r\303\251publique fran\303\247aise a annonc\303\251 hier une nouvelle loi sur les retraites et le travail.\n' >"$scratch/french.txt"
{
    head -1 samples/pt.jsonl
    echo '{"text": "broken'
    printf '{"text": "a\377b"}\n'
    echo '{"title": "nothing"}'
    head -1 samples/es.jsonl
} >"$scratch/mixed.jsonl"
runs 1 "$RELATO" read --format json "$scratch/nowhere" "$scratch/folder" "$scratch/empty" "$scratch/binary" \
    "$scratch/french.txt" "$scratch/mixed.jsonl" samples/pt-pagina.html
[ "$(jq -r 'select(.meta.language).id' "$scratch/out" | wc -l)" = 3 ] || fail "the rest was not read"
says err "$scratch/nowhere: "
says err "$scratch/folder: "
says err "$scratch/empty: "
says err "$scratch/binary: "
says err "french.txt: language \"fr\" is not read; Relato reads en, es, pt"
says err "mixed.jsonl:2: "
says err "mixed.jsonl:3: "
says err "is not UTF-8"
says err "mixed.jsonl:4: "

# Too large: refused without being kept in memory.
runs 1 sh -c "head -c 100000000 /dev/zero | tr '\\0' 'a' | '$RELATO' read -"
says err "standard input: "

# Wrong usage: status 2 and what to do.
runs 2 "$RELATO" read --format yaml samples/pt.jsonl
says err 'unknown format yaml; "relato read --help" tells more'
runs 2 "$RELATO" read --published yesterday samples/pt.jsonl
says err "2024-01-31"
runs 2 "$RELATO" read -j 0 samples/pt.jsonl
runs 2 "$RELATO" read --nonsense
runs 2 "$RELATO"
runs 2 "$RELATO" nonsense
says err 'unknown command "nonsense"'
runs 0 "$RELATO" read --help
says out "Exit status"
runs 0 "$RELATO" --version

# A reader that goes away ends the program quietly; a full disk does not.
"$RELATO" read --format json "$scratch/many.jsonl" 2>"$scratch/err" | head -c 100 >/dev/null
[ -s "$scratch/err" ] && fail "noise after a closed pipe: $(cat "$scratch/err")"
if [ -w /dev/full ]; then
    runs 1 sh -c "'$RELATO' read --format json '$scratch/many.jsonl' >/dev/full"
    says err "standard output"
fi

# Readings are read again as they are.
echo '{"text": "The Russian invasion of Ukraine began on Thursday.", "language": "en"}' >"$scratch/adjective.jsonl"
runs 0 "$RELATO" read --format json samples/pt.jsonl samples/es.jsonl samples/en.jsonl samples/archive "$scratch/adjective.jsonl"
cp "$scratch/out" "$scratch/readings.jsonl"
runs 0 "$RELATO" read --format json "$scratch/readings.jsonl"
same "$scratch/out" "$scratch/readings.jsonl"
head -1 "$scratch/readings.jsonl" | sed 's/"entity":"E1"/"entity":"E999"/; s/"sentences":\[\[0/"sentences":[[99999999/' >"$scratch/wrong.jsonl"
runs 1 "$RELATO" read --format json "$scratch/wrong.jsonl"
says err 'wrong.jsonl:1: sentences 1 of this reading: "sentence" is no span of the text'

# Of a report in another language the JSON keeps the text.
echo "Le ministre de la Défense a déclaré mercredi que les troupes quitteraient la région avant la fin du mois." >"$scratch/french.txt"
runs 1 "$RELATO" read --format json "$scratch/french.txt"
says err 'french.txt: language "fr" is not read'
[ "$(jq -r '[.meta.language // "-", (.entities | length), .text[0:11]] | join("|")' "$scratch/out")" = "-|0|Le ministre" ] ||
    fail "the text of a report in French is lost"
runs 1 "$RELATO" read "$scratch/french.txt"
[ ! -s "$scratch/out" ] || fail "a dossier of a report in French"

finish
