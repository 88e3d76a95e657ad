# Events as records of PLOVER: JSON Lines and CSV.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

cat >"$scratch/report.json" <<'END'
{"language": "en", "published": "2024-05-03", "outlet": "The \"Daily\" Record", "url": "https://example.org/1", "text": "French police arrested 12 protesters in Paris on Tuesday. Israel did not attack Lebanon. Russia will invade Poland."}
END

runs 0 "$RELATO" read --format plover "$scratch/report.json"
says out '"date":"2024-04-30"'
says out '"actor":[{"code":"FRA","sector":"COP","entity_text":"French police"}]'
says out '"event":["COERCE"],"mode":["arrest"]'
says out '"quad_code":4,"event_scale":-7,"cameo_root":"17","size":{"arrested":12'
# What is planned is a threat; what did not happen is no record.
says out '"event":["THREATEN"],"mode":["violence"]'
[ "$(wc -l <"$scratch/out")" = 2 ] || fail "not two records"

# A header, then a line for each event, quoted as RFC 4180 has it.
runs 0 "$RELATO" read --format csv "$scratch/report.json" "$scratch/report.json"
says out 'Event ID,Event Date,End Date,Event Type'
says out ',2024-04-30,,COERCE,arrest,17,-7,4,'
says out '"The ""Daily"" Record"'
[ "$(wc -l <"$scratch/out")" = 5 ] || fail "not a header and four lines"
finish
