#!/bin/sh
# Measures the answers of an archive: ask.sh RELATO ARCHIVE. The best of three, in
# milliseconds, with the start of the program.
relato=$1
archive=$2
measure() {
    best=999999
    for _ in 1 2 3; do
        start=$(date +%s%N)
        "$relato" "$@" >/dev/null 2>&1
        took=$((($(date +%s%N) - start) / 1000000))
        [ "$took" -lt "$best" ] && best=$took
    done
    printf '%6d ms  %s\n' "$best" "$*"
}
for options in "events" "events --latest" "events --country UKR" "events --country TLS" "events --type ASSAULT --since 2019-06-01" \
    "events --actor Moscow" "events --place Kiev --type PROTEST" "events --text ceasefire" "timeline --country RUS" "timeline --latest" \
    "figures" "claims" "claims --anonymous --latest" "claims --source Moscow" "claims --stance denies" "entities" \
    "entities --type person" "entities --text Moscow" "sources" "search Lisboa" "search hospital feridos"; do
    # shellcheck disable=SC2086 # options are to be split
    set -- $options
    command=$1
    shift
    case $command in
    search) measure search --limit 50 "$archive" "$@" ;;
    *) measure "$command" --limit 50 "$@" "$archive" ;;
    esac
done
