#!/usr/bin/env python3
"""Labels the names of treebanks with Relato itself, to learn words of a language from.

usage: silver.py RELATO LANGUAGE TREEBANK.conllu ... > silver.conll

RELATO reads the sentences, forty or those of a document at a time, with a tagger
that was trained on another language. Its names are kept where the treebank bears
them out: a name takes in the words joined to it by "flat", and a sentence is left
out if a proper noun of the treebank is in no name, or a name begins with a word
that cannot begin one. Output as train/names.c reads it.
"""
import json
import re
import subprocess
import sys

TAGS = {"person": "PER", "organisation": "ORG", "place": "LOC"}
TEXT_SENTENCES = 40
ARTICLE = re.compile(r"(?:o|a|os|as|el|la|los|las|the)\s+", re.I)


def sentences(paths):
    """Sentences of tokens (form, tag, relation) in lists, a list a text."""
    for path in paths:
        text, sentence, until = [], [], 0
        for line in open(path, encoding="utf-8"):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc") and text:
                yield text
                text = []
            elif len(cells) == 1 and not cells[0] and sentence:
                text.append(sentence)
                sentence, until = [], 0
                if len(text) == TEXT_SENTENCES:
                    yield text
                    text = []
            elif len(cells) == 10 and "-" in cells[0]:
                until = int(cells[0].split("-")[1])
                sentence.append([cells[1], "", ""])
            elif len(cells) == 10 and "." not in cells[0]:
                if int(cells[0]) > until:
                    sentence.append([cells[1].replace(" ", "_"), cells[3], cells[7]])
                elif not sentence[-1][1] or cells[3] == "PROPN":
                    sentence[-1][1:] = [cells[3], cells[7]]
        if text:
            yield text


def readings(relato, language, texts):
    """Relato's reading of each text."""
    records = "".join(json.dumps({"url": str(i), "text": text, "language": language}) + "\n" for i, text in enumerate(texts))
    done = subprocess.run([relato, "read", "--format", "json", "--input", "json", "-"], input=records.encode(),
                          capture_output=True, check=True)
    found = {int(r["meta"]["url"]): r for r in map(json.loads, done.stdout.decode().splitlines())}
    return [found.get(i) for i in range(len(texts))]


def names(reading):
    """(start, end, tag) of the names of a reading, the longest first."""
    found = []
    for entity in reading["entities"]:
        for start, end in entity["mentions"] if entity["named"] else ():
            words = reading["text"][start:end]
            article = ARTICLE.match(words)
            start += article.end() if article else 0
            if words and reading["text"][start:start + 1].isupper():
                found.append((start, end, TAGS.get(entity["type"])))
    return sorted(found, key=lambda f: (f[0] - f[1], f))


def label(text, reading):
    """The tags of each sentence; None where the treebank does not bear them out."""
    at, starts = 0, []
    for sentence in text:
        starts.append([])
        for form, _, _ in sentence:
            starts[-1].append((at, at + len(form)))
            at += len(form) + 1
    for sentence, spans in zip(text, starts):
        tags, sound = ["O"] * len(sentence), True
        for start, end, tag in names(reading):
            inside = [k for k, (a, b) in enumerate(spans) if a < end and b > start]
            if not inside or any(tags[k] != "O" for k in inside):
                continue
            while inside[-1] + 1 < len(sentence) and sentence[inside[-1] + 1][2].startswith("flat"):
                inside.append(inside[-1] + 1)
            sound &= tag is not None and sentence[inside[0]][1] not in ("VERB", "ADV", "PRON", "DET")
            for k in inside:
                tags[k] = ("B-" if k == inside[0] else "I-") + str(tag)
        sound &= all(tag != "O" or upos != "PROPN" or not form[:1].isupper() for tag, (form, upos, _) in zip(tags, sentence))
        yield tags if sound else None


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    texts = list(sentences(sys.argv[3:]))
    plain = ["\n".join(" ".join(form for form, _, _ in s) for s in text) for text in texts]
    for i, (text, reading) in enumerate(zip(texts, readings(sys.argv[1], sys.argv[2], plain))):
        if not reading or reading["text"] != plain[i]:
            continue
        print("# doc = %d" % i)
        for sentence, tags in zip(text, label(text, reading)):
            if tags:
                print("".join("%s\t%s\n" % (form, tag) for (form, _, _), tag in zip(sentence, tags)))


if __name__ == "__main__":
    main()
