# relato read: addresses, against a server of this machine that misbehaves.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

python3 tests/server.py "$scratch/port" &
server=$!
trap 'kill $server; rm -rf "$scratch"' EXIT
i=0
while [ ! -f "$scratch/port" ] && [ $i -lt 100 ]; do
    sleep 0.1
    i=$((i + 1))
done
root=http://127.0.0.1:$(cat "$scratch/port")
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY

runs 1 "$RELATO" read "$root/page"
says err "$root/page: is at an address of a private network; --allow-private fetches it"
runs 0 "$RELATO" read --allow-private --format json "$root/page" "$root/packed" "$root/latin" "$root/moved" "$root/forbidden/but"
[ "$(grep -c 'as tropas sairão da serra até ao fim do mês' "$scratch/out")" = 5 ] || fail "pages: $(cat "$scratch/out")"
[ "$(jq -r .meta.url "$scratch/out" | tail -2 | head -1)" = "$root/page" ] || fail "the address is not that after the redirection"

for fault in "loop|leads on to other addresses more than 10 times" \
    "file|leads to an address that is neither http nor https" \
    "short|cannot be fetched" \
    "endless|is larger than 64 MB" \
    "bomb|is larger than 64 MB" \
    "forbidden/x|the robots.txt of its host forbids it" \
    "missing|its server has status 404"; do
    runs 1 "$RELATO" read --allow-private "$root/${fault%%|*}"
    says err "${fault#*|}"
done
runs 1 "$RELATO" read ftp://example.org/x
says err "only http: and https: are fetched"

runs 1 "$RELATO" read --allow-private --follow --format json "$root/feed"
[ "$(jq -r .meta.url "$scratch/out")" = "$root/page" ] || fail "followed: $(cat "$scratch/out")"
says err "$root/forbidden/x"
says err "$root/missing"
finish
