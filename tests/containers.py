#!/usr/bin/env python3
"""Writes containers of reports into a folder, for tests/cli/containers.sh and as
seeds for fuzzing:  tests/containers.py FOLDER"""
import gzip
import io
import os
import sys
import tarfile
import zipfile
import zlib

FOLDER = sys.argv[1]
PAGE = """<!DOCTYPE html><html><head><title>Minas na serra</title>
<meta property="article:published_time" content="2023-10-04T18:06:00+01:00"></head><body><nav><a href="/">Início</a></nav>
<article><p>O ministro da Defesa disse na quarta-feira que as tropas sairão da serra até ao fim do mês.</p>
<p>Segundo a polícia, foram encontradas doze minas na estrada que liga as duas aldeias.</p></article></body></html>"""
NOTE = "A polícia deteve ontem em Évora três homens suspeitos de assaltar uma ourivesaria."
REPORTS = '{"text": "%s", "title": "Um"}\n{"text": "%s", "title": "Dois"}\n' % (NOTE, NOTE)


def write(name, data):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def zip_of(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def tar_of(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def warc_record(kind, url, type_, block):
    head = "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
    return (head % (kind, url, type_, len(block))).encode() + block + b"\r\n\r\n"


def response(url, body, fields="Content-Type: text/html; charset=utf-8\r\n", status="200 OK"):
    block = ("HTTP/1.1 %s\r\n%s\r\n" % (status, fields)).encode() + body
    return warc_record("response", url, "application/http; msgtype=response", block)


def chunked(body):
    parts = [body[i:i + 100] for i in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


page = PAGE.encode()
write("reports.zip", zip_of([("serra/um.html", page), ("estilo.css", "p {}"), ("dois.jsonl", REPORTS),
                             ("foto.jpg", b"\xff\xd8\xff"), ("partido.html", b"\0\1\2" * 60),
                             ("dentro.zip", zip_of([("nota.txt", NOTE)]))]))
write("office.zip", zip_of([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")]))
write("broken.zip", zip_of([("um.html", page), ("dois.txt", NOTE)])[:400])
write("reports.tar", tar_of([("x/um.html.gz", gzip.compress(page, mtime=0)), ("x/nota.txt", NOTE.encode("latin-1"))]))

TYPE = "Content-Type: text/html; charset=utf-8\r\n"
records = [
    warc_record("warcinfo", "", "application/warc-fields", b"software: test"),
    response("http://a.example/1", page),
    response("http://a.example/2", chunked(page), TYPE + "Transfer-Encoding: chunked\r\n"),
    response("http://a.example/3", gzip.compress(page, mtime=0), TYPE + "Content-Encoding: gzip\r\n"),
    response("http://a.example/4", zlib.compress(page), TYPE + "Content-Encoding: deflate\r\n"),
    response("http://a.example/5", PAGE.encode("latin-1"), "Content-Type: text/html; charset=iso-8859-1\r\n"),
    response("http://a.example/missing", page, status="404 Not Found"),
    response("http://a.example/image", b"\x89PNG", "Content-Type: image/png\r\n"),
    response("http://a.example/brotli", page, TYPE + "Content-Encoding: br\r\n"),
    warc_record("conversion", "http://a.example/6", "text/plain", NOTE.encode()),
]
write("web.warc", b"".join(records))
write("web.warc.gz", b"".join(gzip.compress(record, mtime=0) for record in records))
write("cut.warc", b"".join(records)[:-40])

write("news.rss", """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Jornal da Serra</title><image><title>Logótipo</title></image>
<item><title>Minas &amp; tropas</title><link>http://a.example/7</link><pubDate>Wed, 4 Oct 2023 18:06:00 +0100</pubDate>
<dc:creator>Ana Reis</dc:creator><description>Curto.</description><content:encoded><![CDATA[<p>%s</p><p>O juiz decide hoje.</p>]]></content:encoded></item>
<item><title>Dois</title><link>http://a.example/8</link><description>%s</description></item>
<item><title>Nada</title><link>http://a.example/9</link></item></channel></rss>""" % (NOTE, NOTE))
write("news.atom", """<feed xmlns="http://www.w3.org/2005/Atom"><title>Jornal da Serra</title><entry><title>Minas</title>
<link rel="self" href="http://a.example/self"/><link href="http://a.example/10"/><updated>2023-10-05T10:00:00Z</updated>
<author><name>Ana Reis</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>%s</p></div></content>
</entry></feed>""" % NOTE)
write("sitemap.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.example/1</loc></url></urlset>')
write("entities.rss", '<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>')
write("broken.rss", "<rss><channel><item><description>%s</description></item><item></channel>" % NOTE)

MESSAGE = """From: =?utf-8?Q?Reda=C3=A7=C3=A3o?= da Serra <n@a.example>
Subject: =?utf-8?B?VHLDqnM=?=
 da serra
Date: Wed, 4 Oct 2023 18:06:00 +0100
Message-ID: <1@a.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="xx"

--xx
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

A pol=EDcia deteve ontem em =C9vora tr=EAs homens suspeitos de assaltar uma =
ourivesaria.
--xx
Content-Type: text/html; charset=utf-8

<p>Outra coisa.</p>
--xx--
"""
write("one.eml", MESSAGE)
write("many.mbox", "From n@a.example Wed Oct  4 18:06:00 2023\n%s\nFrom n@a.example Wed Oct  4 18:07:00 2023\n%s" % (MESSAGE, MESSAGE))

write("folder/b.html", page)
write("folder/a/nota.txt", NOTE)
write("folder/.hidden.txt", NOTE)
write("folder/estilo.css", "p {}")
