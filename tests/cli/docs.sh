# What the documents show works.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

# The example program compiles against the public header and says who is in a report.
# shellcheck disable=SC2086 # the flags are to be split
${CC:-gcc} -std=c17 -Wall -Wextra -Werror -Iinclude ${TEST_FLAGS:-} -o "$scratch/example" docs/example.c \
    "$(dirname "$RELATO")/librelato.a" ${TEST_LIBS:-} || fail "docs/example.c does not compile"
RELATO_DATA=$(dirname "$RELATO")/knowledge
export RELATO_DATA
"$scratch/example" <samples/pt-pagina.html >"$scratch/out" || fail "the example fails"
says out "person	BRA	Jair Bolsonaro"

# Every reading of the samples keeps to the published schema and shows its words.
for sample in samples/*.* samples/*/*.*; do
    "$RELATO" read --format json "$sample"
done >"$scratch/readings.jsonl"
python3 tests/schema.py docs/reading.schema.json "$scratch/readings.jsonl" || fail "readings and schema differ"

# What the documents show on a terminal is what comes out.
PATH=$(cd "$(dirname "$RELATO")" && pwd):$PATH
python3 tests/examples.py README.md lexicon/README.md || fail "an example prints something else"

finish
