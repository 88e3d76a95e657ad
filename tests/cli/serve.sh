# relato serve: the API, who may ask, what is sent.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

archive=$scratch/a.relato
runs 0 "$RELATO" add "$archive" samples/archive/reports.jsonl
"$RELATO" serve --port 0 "$archive" >"$scratch/url" 2>"$scratch/log" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$scratch"' EXIT
i=0
while [ ! -s "$scratch/url" ] && [ $i -lt 100 ]; do
    sleep 0.1
    i=$((i + 1))
done
RELATO_URL=$(cat "$scratch/url") python3 - <<'END' || fail "see above"
import gzip, json, os, sys, urllib.error, urllib.request

root = os.environ["RELATO_URL"]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
wrong = []


def ask(path, body=None, **headers):
    request = urllib.request.Request(root + path, data=body, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def check(what, holds):
    if not holds:
        wrong.append(what)


status, headers, body = ask("api/archive")
archive = json.loads(body)
check("archive", status == 200 and archive["reports"] == 48 and archive["events"] > 20)
check("security headers", "default-src 'self'" in headers["Content-Security-Policy"] and
      headers["X-Content-Type-Options"] == "nosniff")
check("etag", ask("api/archive", If_None_Match=headers["ETag"])[0] == 304)
status, headers, body = ask("api/archive", Accept_Encoding="gzip")
check("gzip", headers["Content-Encoding"] == "gzip" and json.loads(gzip.decompress(body)) == archive)

pages, offset = [], 0
while True:
    answer = json.loads(ask("api/events?limit=20&total=1&offset=%d" % offset)[2])
    pages += [event["id"] for event in answer["items"]]
    offset += 20
    if not answer["more"]:
        break
check("paging", len(pages) == len(set(pages)) == answer["total"] == archive["events"])
for name in ("timeline", "figures", "claims", "sources", "entities", "reports"):
    status, _, body = ask("api/%s?limit=3" % name)
    check(name, status == 200 and 0 < len(json.loads(body)["items"]) <= 3)
check("filter", all(e["country"] == "TUR" for e in json.loads(ask("api/events?place=Estambul")[2])["items"]))
event = json.loads(ask("api/events/%d" % pages[0])[2])
check("event", event["id"] == pages[0] and event["told"])
report = json.loads(ask("api/reports/1")[2])
check("report", report["report"] == 1)
check("nothing", ask("api/events/1")[0] == 404 and ask("api/nothing")[0] == 404 and ask("api/events/x")[0] == 404)
check("bad filter", ask("api/events?type=WAR")[0] == 400 and ask("api/events?limit=-1")[0] == 400)

text = json.dumps({"text": "A polícia deteve ontem doze pessoas em Beja.", "language": "pt"}).encode()
status, _, body = ask("api/read", text, Content_Type="application/json")
check("read", status == 200 and json.loads(body)["format"] == "relato-reading/1")
check("nothing was added", json.loads(ask("api/archive")[2])["reports"] == 48)
check("read nothing", ask("api/read", b"{}")[0] == 422 and ask("api/read", b"no")[0] == 400 and ask("api/read")[0] == 405)
check("read a private address", ask("api/read", json.dumps({"url": root + "api/archive"}).encode())[0] == 422)
check("read a file", ask("api/read", b'{"url": "file:///etc/passwd"}')[0] == 400)
check("too much", ask("api/read", b"x" * 2000000)[0] == 413)
check("post elsewhere", ask("api/events", b"{}")[0] == 405)
check("another name", ask("api/archive", Host="evil.example")[0] == 403)
check("another site", ask("api/read", text, Origin="http://evil.example")[0] == 403)
for line in wrong:
    print("tests/cli/serve.sh: " + line, file=sys.stderr)
sys.exit(1 if wrong else 0)
END
kill $server
wait $server || fail "it does not end well"
runs 1 "$RELATO" serve --port 0 "$scratch/nowhere"
runs 2 "$RELATO" serve
runs 2 "$RELATO" serve --port 99999 "$archive"
finish
