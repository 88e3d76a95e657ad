# relato lexicon, and a lexicon of the user's.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

runs 0 "$RELATO" lexicon check
says out "no mistakes"

# What a user adds is used; what is removed is gone; what is overruled is so.
mkdir -p "$scratch/mine/world"
printf 'id\ttype\tkind\tcountry\tsector\tany\npt-brigade\tgroup\tarmed\tPRT\tREB\tBrigada do Tejo\n-united-nations\t\t\t\t\t\nafrican-union\torganisation\tigo\tIGO\t\tLiga da Savana\n' \
    >"$scratch/mine/world/mine.tsv"
runs 0 "$RELATO" lexicon check "$scratch/mine"
printf 'A Brigada do Tejo atacou ontem a sede da ONU e a Liga da Savana, disse a União Africana.\n' >"$scratch/report.txt"
runs 0 "$RELATO" read --format json -l pt --lexicon "$scratch/mine" "$scratch/report.txt"
says out '"name":"Brigada do Tejo","country":"PRT","sector":"REB"'
says out '"name":"Liga da Savana","country":"IGO"'
grep -q '"name":"ONU","country":"UNO"' "$scratch/out" && fail "a removed entry is still used"
grep -q '"name":"União Africana","country":"IGO"' "$scratch/out" && fail "an overruled entry is still used"

# Mistakes are named with file and line.
printf '# comment\nid\ttype\tkind\tcountry\tsector\tsince\tany\nx\tperson\tking\tXXX\tQQQ\t2004-13\tA{b\n' >"$scratch/mine/world/mine.tsv"
runs 1 "$RELATO" lexicon check "$scratch/mine"
says err 'mine.tsv:3: unknown kind "king"'
says err 'mine.tsv:3: unknown country "XXX"'
says err 'mine.tsv:3: unknown sector "QQQ"'
says err 'mine.tsv:3: "2004-13" is no date'
says err 'mine.tsv:3: "A{b": braces that do not match'
[ "$(grep -c 'mine.tsv:3: unknown kind' "$scratch/err")" = 1 ] || fail "a mistake is reported more than once"
runs 1 "$RELATO" read --lexicon "$scratch/mine" "$scratch/report.txt"
says err "mine.tsv:3: "
runs 1 "$RELATO" lexicon check "$scratch/nowhere"
says err "is no folder"
# Rules of one's own for times and figures; explain tells which rule fired.
mkdir -p "$scratch/rules/pt"
printf 'class\tform\tvalue\nfeast\tSão João\t06-24\n' >"$scratch/rules/pt/time-words.tsv"
printf 'rule\tpattern\ttype\tvalue\n-age\n-yesterday\nharvest\tvindima\tDATE\tXXXX-09\n' >"$scratch/rules/pt/times.tsv"
printf 'Ontem, dois dias depois da vindima, no São João, chegou.\n' >"$scratch/feast.txt"
runs 0 "$RELATO" lexicon check "$scratch/rules"
runs 0 "$RELATO" read --format json -l pt --published 2023-10-04 --lexicon "$scratch/rules" "$scratch/feast.txt"
says out '"value":"2023-06-24"'
says out '"value":"2023-09"'
grep -q '"value":"2023-10-03"' "$scratch/out" && fail "a removed rule is still used"
runs 0 "$RELATO" lexicon explain pt 'Chegaram ontem 12 pessoas.' 2023-10-04
says out 'rule yesterday'
says out 'gives DATE 2023-10-03, from now-1D'
says out 'gives 12, exactly, other, of "pessoas"'
runs 0 "$RELATO" lexicon explain pt 'Nada.'
says out 'Nada             nada             PRON   root'
runs 0 "$RELATO" lexicon explain pt 'Vladimir Putin' 2023-10-04
says out '"Vladimir Putin": person vladimir-putin of the lexicon, '
says out '  by the term of '
runs 0 "$RELATO" lexicon explain pt 'Vladimir Putin' 1990-01-01
says out 'holds no office at the date of the report'
runs 0 "$RELATO" lexicon explain pt 'A polícia deteve dois homens.'
says out '"polícia": without a name, organisation by "polícia" ('
says out 'matches: COERCE arrest'
says out 'actor: polícia'
printf 'rule\tpattern\ttype\tvalue\nbad\t(um\tDATE\tnow-1D\nworse\tum\tDATE\t{x}-01\nworst\tum\tDAY\tsoon\n' >"$scratch/rules/pt/times.tsv"
runs 1 "$RELATO" lexicon check "$scratch/rules"
says err 'times.tsv:2: pattern, byte 4: "(" without ")"'
says err 'times.tsv:3: value: the pattern has no "x="'
says err 'times.tsv:4: unknown type "DAY"'
says err 'times.tsv:4: "soon" is no value'
runs 2 "$RELATO" lexicon
runs 2 "$RELATO" lexicon nonsense

finish
