#!/usr/bin/env python3
"""Reads sentences and looks at the events that are found: events.py PROGRAM LANGUAGE FILE.

An event is written "TYPE/mode reality: actor, actor > recipient"; the reality is left out
if it is actual, the mode if there is none. Several are parted by "; "; "-" is no event.
"""
import json
import subprocess
import sys


def shown(event, names):
    sides = [", ".join(sorted(names.get(p.get("entity"), p["country"]) for p in event[side])) for side in ("actors", "recipients")]
    mode = "/" + event["mode"] if event.get("mode") else ""
    reality = "" if event["reality"] == "actual" else " " + event["reality"]
    return " ".join(("%s%s%s: %s > %s" % (event["type"], mode, reality, *sides)).split())


def main(program, language, path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and line[0] != "#"]
    columns = rows.pop(0)
    cases = [dict(zip(columns, row)) for row in rows]
    records = "".join(json.dumps({"language": language, "text": case["text"]}) + "\n" for case in cases)
    done = subprocess.run([program, "read", "--format", "json", "-"], input=records, stdout=subprocess.PIPE, text=True)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(readings) == len(cases), "%d readings of %d cases" % (len(readings), len(cases))
    failures = 0
    for case, reading in zip(cases, readings):
        names = {e["id"]: e["name"] for e in reading["entities"]}
        wanted = [] if case["events"] == "-" else [e.strip() for e in case["events"].split("; ")]
        found = [shown(event, names) for event in reading["events"]]
        if sorted(found) != sorted(wanted):
            failures += 1
            print("%s: %s\n  wanted: %s\n  found: %s" % (path, case["text"], "; ".join(wanted), "; ".join(found)), file=sys.stderr)
    return failures != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
