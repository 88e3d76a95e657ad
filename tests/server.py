#!/usr/bin/env python3
"""A web server that behaves badly, for tests/cli/fetch.sh: serves on a free port
of this machine, which it writes to the file given, until it is ended."""
import gzip
import http.server
import os
import sys

PAGE = """<html><head><title>Minas na serra</title></head><body><article>
<p>O ministro da Defesa disse na quarta-feira que as tropas sairão da serra até ao fim do mês, antes das eleições.</p>
<p>Segundo a polícia, foram encontradas doze minas na estrada que liga as duas aldeias da fronteira.</p>
</article></body></html>"""
HTML = "text/html; charset=utf-8"


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self, body, status=200, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)

    def short(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"<p>abc")

    def feed(self):
        port = self.server.server_address[1]
        items = "".join("<item><link>http://127.0.0.1:%d%s</link></item>" % (port, path)
                        for path in ("/page", "/forbidden/x", "/missing"))
        self.answer(("<rss><channel>%s</channel></rss>" % items).encode(), Content_Type="application/rss+xml")

    def do_GET(self):
        page = PAGE.encode()
        answers = {
            "/robots.txt": lambda: self.answer(b"User-agent: *\nDisallow: /forbidden/\nAllow: /forbidden/but\n"),
            "/page": lambda: self.answer(page, Content_Type=HTML),
            "/forbidden/but": lambda: self.answer(page, Content_Type=HTML),
            "/packed": lambda: self.answer(gzip.compress(page), Content_Type=HTML, Content_Encoding="gzip"),
            "/bomb": lambda: self.answer(gzip.compress(b"<p>" + b"x" * (80 << 20)), Content_Type=HTML, Content_Encoding="gzip"),
            "/latin": lambda: self.answer(PAGE.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1"),
            "/moved": lambda: self.answer(b"", 301, Location="/page"),
            "/loop": lambda: self.answer(b"", 302, Location="/loop"),
            "/file": lambda: self.answer(b"", 302, Location="file:///etc/passwd"),
            "/feed": self.feed,
            "/short": self.short,
            "/endless": self.endless,
        }
        try:
            answers.get(self.path, lambda: self.answer(b"no", 404))()
        except OSError:
            pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
