#!/usr/bin/env python3
"""Reads sentences in which a claim is marked and looks at what is found:
claims.py PROGRAM LANGUAGE FILE.

{source}, [content] and <cue> are marked; a row without marks must hold no claim.
"""
import json
import subprocess
import sys


def unmarked(marked):
    """The text, and the spans that the marks name."""
    text, opened, spans = "", {}, {}
    for c in marked:
        if c in "{[<":
            opened[c] = len(text)
        elif c in "}]>":
            opening = "{[<"["}]>".index(c)]
            spans[opening] = [opened[opening], len(text)]
        else:
            text += c
    return text, spans


def found(claim):
    return [claim["source"]["span"], claim.get("content"), claim["cue"], claim["stance"], claim["source"]["kind"],
            claim["source"]["anonymous"]]


def main(program, language, path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and line[0] != "#"]
    columns = rows.pop(0)
    cases = [dict(zip(columns, row)) for row in rows]
    texts = [unmarked(case["text"]) for case in cases]
    records = "".join(json.dumps({"language": language, "text": text}) + "\n" for text, _ in texts)
    done = subprocess.run([program, "read", "--format", "json", "-"], input=records, stdout=subprocess.PIPE, text=True)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(readings) == len(cases), "%d readings of %d cases" % (len(readings), len(cases))
    failures = 0
    for case, (text, spans), reading in zip(cases, texts, readings):
        wanted = [[spans["{"], spans.get("["), spans["<"], case["stance"], case["kind"], case["anonymous"] == "yes"]] if spans else []
        got = [found(claim) for claim in reading["claims"]]
        if got != wanted:
            failures += 1
            shown = [[text[x[0]:x[1]] if isinstance(x, list) else x for x in claim] for claim in got]
            print("%s: %s\n  found: %s" % (path, case["text"], shown), file=sys.stderr)
    return failures != 0


sys.exit(main(*sys.argv[1:]))
