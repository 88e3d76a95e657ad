#!/usr/bin/env python3
"""Runs the examples of documents: examples.py DOCUMENT...

An example is a block marked "console": lines that begin with "$ " are commands for
sh, what follows is their output. A line "[...]" stands for any lines.
"""
import re
import subprocess
import sys


def examples(document):
    """(line, command, expected output) of each command in a document."""
    source = open(document, encoding="utf-8").read()
    for block in re.finditer(r"^```console\n(.*?)^```$", source, re.M | re.S):
        line = source.count("\n", 0, block.start(1)) + 1
        for part in re.split(r"^(?=\$ )", block.group(1), flags=re.M):
            if part.startswith("$ "):
                command, _, output = part[2:].partition("\n")
                yield line, command, output
            line += part.count("\n")


def matches(output, expected):
    pattern = "".join("(?:.*\n)*?" if line == "[...]\n" else re.escape(line) for line in expected.splitlines(True))
    return re.fullmatch(pattern, output)


def main(documents):
    failures = count = 0
    for document in documents:
        for line, command, expected in examples(document):
            count += 1
            done = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if not matches(done.stdout, expected):
                failures += 1
                print("%s:%d: $ %s\nprinted:\n%s" % (document, line, command, done.stdout), file=sys.stderr)
    assert count, "no examples"
    return failures != 0


sys.exit(main(sys.argv[1:]))
