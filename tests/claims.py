#!/usr/bin/env python3
"""Reads sentences in which a claim is marked and looks at what is found:
claims.py PROGRAM LANGUAGE FILE.

{source}, [content] and <cue> are marked; a row without marks must hold no claim. Rows with
the same text that follow one another mark one claim each; "\\n" parts paragraphs.
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


def found(claim, names):
    return [claim["source"]["span"], claim.get("content"), claim["cue"], claim["stance"], claim["source"]["kind"],
            claim["source"]["anonymous"], names.get(claim.get("relayed_by"), "")]


def wanted(case, spans):
    return [spans["{"], spans.get("["), spans["<"], case["stance"], case["kind"], case["anonymous"] == "yes",
            case.get("relayed", "")]


def cases_of(path):
    """Texts, each with the claims that its rows mark."""
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and line[0] != "#"]
    columns, cases = rows.pop(0), []
    for row in rows:
        case = dict(zip(columns, row))
        text, spans = unmarked(case["text"].replace("\\n", "\n"))
        if not cases or cases[-1][0] != text:
            cases.append((text, []))
        if spans:
            cases[-1][1].append(wanted(case, spans))
    return cases


def main(program, language, path):
    cases = cases_of(path)
    records = "".join(json.dumps({"language": language, "text": text}) + "\n" for text, _ in cases)
    done = subprocess.run([program, "read", "--format", "json", "-"], input=records, stdout=subprocess.PIPE, text=True)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(readings) == len(cases), "%d readings of %d cases" % (len(readings), len(cases))
    failures = 0
    for (text, claims), reading in zip(cases, readings):
        names = {entity["id"]: entity["name"] for entity in reading["entities"]}
        got = [found(claim, names) for claim in reading["claims"]]
        if got != claims:
            failures += 1
            shown = [[text[x[0]:x[1]] if isinstance(x, list) else x for x in claim] for claim in got]
            print("%s: %s\n  found: %s" % (path, text, shown), file=sys.stderr)
    return failures != 0


sys.exit(main(*sys.argv[1:]))
