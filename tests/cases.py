#!/usr/bin/env python3
"""Reads the texts of a case file and looks at their entities: cases.py PROGRAM FILE.

The file's comment tells its columns.
"""
import json
import subprocess
import sys


def shown(entity):
    return " ".join([entity["type"], entity["country"] or "-", entity["sector"] or "-", entity["name"]])


def main(program, path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and line[0] != "#"]
    columns = rows.pop(0)
    cases = [dict(zip(columns, row)) for row in rows]
    records = "".join(json.dumps({k: case[k] for k in ("language", "published", "text")}) + "\n" for case in cases)
    done = subprocess.run([program, "read", "--format", "json", "-"], input=records, stdout=subprocess.PIPE, text=True)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(readings) == len(cases), "%d readings of %d cases" % (len(readings), len(cases))
    failures = 0
    for case, reading in zip(cases, readings):
        found = [shown(e) for e in reading["entities"]]
        names = {e["name"] for e in reading["entities"]}
        wrong = [x for x in case["holds"].split("|") if (x[1:] in names if x[0] == "!" else x not in found)]
        if wrong:
            failures += 1
            print("%s\n  wrong: %s\n  found: %s" % (case["text"], " | ".join(wrong), " | ".join(found)), file=sys.stderr)
    return failures != 0


sys.exit(main(*sys.argv[1:]))
