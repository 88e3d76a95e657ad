# relato read: containers of reports.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

python3 tests/containers.py "$scratch/in" || fail "tests/containers.py"
cd "$scratch/in" || exit 1
case $RELATO in /*) ;; *) RELATO=$OLDPWD/$RELATO ;; esac

# titles: the titles of the readings, or the beginnings of their texts.
titles() {
    jq -r '(.meta.title // "-") + "|" + (.meta.published // "-") + "|" + .text[0:24]' "$scratch/out"
}

# Zip: pages, lines and archives inside are read, styles and images passed over,
# what is broken is named and costs nothing else.
runs 1 "$RELATO" read --format json reports.zip
titles >"$scratch/titles"
cat >"$scratch/wanted" <<'END'
Minas na serra|2023-10-04T18:06:00+01:00|O ministro da Defesa dis
Um|-|A polícia deteve ontem e
Dois|-|A polícia deteve ontem e
-|-|A polícia deteve ontem e
END
same "$scratch/titles" "$scratch/wanted"
says err "reports.zip/partido.html: is not text: byte 0 is zero"
[ "$(wc -l <"$scratch/err")" = 1 ] || fail "more is said than what failed"
cp "$scratch/out" "$scratch/whole"
"$RELATO" read --format json - <reports.zip >"$scratch/out" 2>"$scratch/err"
same "$scratch/out" "$scratch/whole"
says err "standard input/partido.html"
runs 1 "$RELATO" read office.zip
says err "office.zip: is a zip archive or a document of an office program"
runs 1 "$RELATO" read --format json broken.zip
says err "broken.zip"

# Tar, with packed entries and other encodings.
runs 0 "$RELATO" read --format json reports.tar
[ "$(titles | wc -l)" = 2 ] || fail "tar"
says out "Évora"

# Web archives: however the bodies came over the wire; packed record by record too.
runs 1 "$RELATO" read --format json web.warc
jq -r '.meta.url' "$scratch/out" >"$scratch/titles"
printf 'http://a.example/%s\n' 1 2 3 4 5 6 >"$scratch/wanted"
same "$scratch/titles" "$scratch/wanted"
[ "$(grep -c 'as tropas sairão da serra até ao fim do mês' "$scratch/out")" = 5 ] || fail "bodies of responses differ"
says err "web.warc: http://a.example/brotli: is packed as br, which is not known here"
cp "$scratch/out" "$scratch/whole"
runs 1 "$RELATO" read --format json web.warc.gz
same "$scratch/out" "$scratch/whole"
runs 1 "$RELATO" read --format json cut.warc
says err "cut.warc: record 10: is cut off"
[ "$(wc -l <"$scratch/out")" = 5 ] || fail "the records before the cut are lost"

# A record of two gigabytes is named and passed over without being held.
{
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/large\r\n'
    printf 'Content-Type: application/http\r\nContent-Length: 2147483648\r\n\r\n'
    head -c 2147483648 /dev/zero
    printf '\r\n\r\n'
    cat web.warc
} | "$RELATO" read --format json - >"$scratch/out" 2>"$scratch/err"
says err "http://a.example/large: is larger than 64 MB"
same "$scratch/out" "$scratch/whole"

# Feeds: entries with texts of their own; what is nothing but an address is told.
runs 1 "$RELATO" read --format json news.rss
says err "news.rss: 1 of its entries are nothing but addresses; --follow fetches them"
[ "$(jq -r '[.meta.url, .meta.title, .meta.outlet, .meta.byline // "-", .meta.published // "-"] | join("|")' "$scratch/out")" = \
"http://a.example/7|Minas & tropas|Jornal da Serra|Ana Reis|2023-10-04T18:06:00+01:00
http://a.example/8|Dois|Jornal da Serra|-|-" ] || fail "rss: $(cat "$scratch/out")"
says out "O juiz decide hoje."
runs 0 "$RELATO" read --format json news.atom
[ "$(jq -r '[.meta.url, .meta.byline, .meta.published] | join("|")' "$scratch/out")" = \
"http://a.example/10|Ana Reis|2023-10-05T10:00:00Z" ] || fail "atom: $(cat "$scratch/out")"
runs 1 "$RELATO" read sitemap.xml
says err "--follow"
runs 1 "$RELATO" read entities.rss
says err "entities.rss:1: broken XML: it defines entities"
runs 1 "$RELATO" read --format json broken.rss
says err "broken XML"
says out "Évora"

# Messages.
runs 0 "$RELATO" read --format json one.eml many.mbox
[ "$(jq -r '[.meta.title, .meta.outlet, .meta.published] | join("|")' "$scratch/out" | sort -u)" = \
"Três da serra|Redação da Serra|2023-10-04T18:06:00+01:00" ] || fail "mail: $(cat "$scratch/out")"
[ "$(grep -c 'em Évora três homens suspeitos de assaltar uma ourivesaria' "$scratch/out")" = 3 ] || fail "bodies of messages"

# Directories, in the order of the names.
runs 0 "$RELATO" read --format json folder
[ "$(titles | cut -c1-8)" = "-|-|A po
Minas na" ] || fail "folder: $(titles)"

# The same bytes for any number of threads.
"$RELATO" read --format json -j 1 . >"$scratch/out" 2>/dev/null
"$RELATO" read --format json -j 3 . >"$scratch/whole" 2>/dev/null
same "$scratch/out" "$scratch/whole"
finish
