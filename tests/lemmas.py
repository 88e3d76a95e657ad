#!/usr/bin/env python3
"""Reads sentences in which forms are marked and looks at their lemmas:
lemmas.py PROGRAM LANGUAGE FILE.
"""
import re
import subprocess
import sys


def words(conllu):
    """(form, lemma) of the words of each sentence."""
    for block in conllu.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[0] != "#"]
        yield [(row[1], row[2]) for row in rows if row[0].isdigit()]


def main(program, language, path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and line[0] != "#"]
    columns = rows.pop(0)
    cases = [dict(zip(columns, row)) for row in rows]
    text = "\n\n".join(case["text"].translate({91: None, 93: None}) for case in cases)
    done = subprocess.run([program, "read", "--format", "conllu", "--language", language, "-"], input=text,
                          stdout=subprocess.PIPE, text=True)
    sentences = list(words(done.stdout))
    assert len(sentences) == len(cases), "%d sentences of %d cases" % (len(sentences), len(cases))
    failures = 0
    for case, sentence in zip(cases, sentences):
        marked, wanted = re.findall(r"\[(.*?)\]", case["text"]), case["lemmas"].split(" ")
        assert len(marked) == len(wanted), case["text"]
        left = list(sentence)
        for form, lemma in zip(marked, wanted):
            while left and left[0][0] != form:
                left.pop(0)
            if not left or left.pop(0)[1] != lemma:
                failures += 1
                print("%s: %s is not %s: %s" % (case["text"], form, lemma, sentence), file=sys.stderr)
    return failures != 0


sys.exit(main(*sys.argv[1:]))
