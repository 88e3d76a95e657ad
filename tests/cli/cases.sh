# Texts and what their readings must hold.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

python3 tests/cases.py "$RELATO" tests/cases/names.tsv || fail "names.tsv"

finish
