# Texts and what their readings must hold.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

python3 tests/cases.py "$RELATO" tests/cases/names.tsv || fail "names.tsv"

for language in pt es en; do
    python3 tests/claims.py "$RELATO" "$language" "tests/cases/claims.$language.tsv" || fail "claims.$language.tsv"
    python3 tests/lemmas.py "$RELATO" "$language" "tests/cases/lemmas.$language.tsv" || fail "lemmas.$language.tsv"
done

for cases in tests/cases/events.*.tsv; do
    language=${cases%.tsv}
    python3 tests/events.py "$RELATO" "${language##*.}" "$cases" || fail "${cases##*/}"
done

finish
