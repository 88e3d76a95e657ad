# relato events, timeline, figures, claims, sources, entities, search, explain, merge,
# split: questions to the archive of the samples.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

archive=$scratch/affairs.relato
"$RELATO" add "$archive" samples/archive 2>/dev/null
ask() { # COMMAND ARGUMENT...: as JSON Lines in "$scratch/answer"
    command=$1
    shift
    "$RELATO" "$command" --format json "$archive" "$@" >"$scratch/answer" 2>"$scratch/err" || fail "$command $* fails"
}
is() { # FILTER OF JQ, which must be true of all lines together
    jq -es "length > 0 and ($1)" "$scratch/answer" >/dev/null || fail "$command: not so: $1"
}

# Every question has answers, in JSON that holds what was asked for.
ask events
is 'map(.day) == (map(.day) | sort)'
ask events --type COERCE
is 'all(.[]; .type == "COERCE")'
ask events --country BRA
is 'all(.[]; .country == "BRA" or any(.actors[]?, .recipients[]?; .country == "BRA"))'
ask events --since 2023-01-09 --until 2023-01-10
is 'all(.[]; .day >= "2023-01-09" and .day <= "2023-01-10")'
ask events --reality planned
is 'all(.[]; .reality == "planned")'
ask events --latest --limit 3
is 'length == 3 and (map(.day) | . == (sort | reverse))'
ask claims --anonymous
is 'all(.[]; .anonymous)'
ask claims --stance denies --language es
is 'all(.[]; .stance == "denies" and .language == "es")'
ask claims --source Dino
is 'all(.[]; .source + .source_name | test("Dino"))'
ask figures
is 'all(.[].figures[]; .lowest <= .common and .common <= .highest and (.series | length) > 0)'
ask timeline
is 'all(.[]; .day | test("^[0-9]{4}-"))'
ask entities --country BRA --type place
is 'all(.[]; .country == "BRA" and .type == "place")'
ask sources
is 'any(.[]; .named) and any(.[]; .named | not) and map(.claims) == (map(.claims) | sort | reverse)'
ask sources --outlet "The Courier"
is 'any(.[]; .claims > 0)'

# Names are found in every language, words without accents and in all their forms.
for name in "Estados Unidos" "united states"; do
    ask events --entity "$name"
    is 'any(.[]; any(.actors[]?, .recipients[]?; .known == "USA"))'
done
ask search policia
is 'all(.[]; .snippet != null)'
ask search acusa
is 'any(.[]; .snippet | test("acus"))'
ask search '"quartel do Exército"'
is 'all(.[]; .snippet | test("quartel"; "i"))'

# A page holds what it says, and pages follow each other.
ask events
cp "$scratch/answer" "$scratch/all"
ask events --limit 5 --offset 3
sed -n 4,8p "$scratch/all" >"$scratch/page"
same "$scratch/page" "$scratch/answer"
runs 0 "$RELATO" events --format json --limit 5 "$archive"
says err "there are more"

# Other formats are what they should be.
runs 0 "$RELATO" events --format geojson "$archive"
jq -e '.type == "FeatureCollection" and (.features | length > 0) and all(.features[]; .geometry.coordinates | length == 2)' \
    "$scratch/out" >/dev/null || fail "no GeoJSON"
runs 0 "$RELATO" events --format jsonld "$archive"
jq -e '."@context" == "https://schema.org" and any(."@graph"[]; .agent != null and .object != null)' "$scratch/out" \
    >/dev/null || fail "no JSON-LD"
runs 0 "$RELATO" events --format plover "$archive"
jq -es 'length > 0 and all(.[]; .event[0] != null)' "$scratch/out" >/dev/null || fail "no records of PLOVER"
runs 0 "$RELATO" events --format ics "$archive"
says out "BEGIN:VEVENT"
LC_ALL=C awk 'length($0) > 76 { exit 1 }' "$scratch/out" || fail "a line of the calendar is too long"
for format in gexf graphml; do
    runs 0 "$RELATO" entities --format $format "$archive"
    python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$scratch/out" || fail "$format is no XML"
    says out "<edge id="
done
runs 0 "$RELATO" claims --format csv "$archive"
python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
sys.exit(not (len(rows) > 10 and all(len(row) == len(rows[0]) for row in rows)))' "$scratch/out" || fail "no CSV"

# The chronicle is written in the reader's language.
runs 0 "$RELATO" timeline --in pt --country BRA "$archive"
says out "notícia"
runs 0 "$RELATO" timeline --in en --country BRA "$archive"
says out "report"

# The same archive gives the same answer, whatever the order of adding.
split -n r/3 samples/archive/reports.jsonl "$scratch/part."
cat "$scratch/part.ac" "$scratch/part.ab" "$scratch/part.aa" >"$scratch/shuffled.jsonl"
"$RELATO" add "$scratch/other.relato" "$scratch/shuffled.jsonl" 2>/dev/null
jq -c '{id, day, type, reality, voices, reports}' "$scratch/all" >"$scratch/events"
"$RELATO" events --format json "$scratch/other.relato" |
    jq -c '{id, day, type, reality, voices, reports}' >"$scratch/events2"
same "$scratch/events" "$scratch/events2"

# The user's corrections hold, also when reports come again.
first=$(jq -r .id "$scratch/all" | sed -n 1p)
second=$(jq -r .id "$scratch/all" | sed -n 2p)
runs 0 "$RELATO" merge "$archive" "$first" "$second"
"$RELATO" add "$archive" samples/archive 2>/dev/null
ask events
is "([.[] | select(.id == $first or .id == $second)] | length) == 1"
both=$(jq -r "select(.id == $first or .id == $second).id" "$scratch/answer")
ask explain "$both"
item=$(jq -r '.told[-1] | "\(.report):\(.item)"' "$scratch/answer")
count=$(jq '.told | length' "$scratch/answer")
runs 0 "$RELATO" split "$archive" "$both" "$item"
ask events
jq -r .id "$scratch/answer" >"$scratch/ids"
if grep -qx "$both" "$scratch/ids"; then
    ask explain "$both"
    is ".[0].told | length < $count"
fi

# What does not go together is told.
runs 2 "$RELATO" events --stance denies "$archive"
says err 'the filter "stance" does not go with this question'
runs 2 "$RELATO" claims --format ics "$archive"
says err 'the format "ics" does not go with this question'
runs 2 "$RELATO" events --type WAR "$archive"
says err 'there is no type of event "WAR"'
runs 2 "$RELATO" events --since yesterday "$archive"
says err '"yesterday" is no day'
runs 1 "$RELATO" explain "$archive" 1
says err "there is no event 1"
runs 1 "$RELATO" events "$scratch/nowhere"
runs 2 "$RELATO" events
finish
