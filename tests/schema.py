#!/usr/bin/env python3
"""Checks readings (JSON Lines) against the JSON Schema: schema.py SCHEMA READINGS.

Beyond the schema: spans lie in the text, in order and without blanks at their ends;
ids count from 1; a quantity has `high` if and only if it is `between`.
"""
import json
import sys

import jsonschema


def spans(reading):
    yield from reading["sentences"]
    for layer in "times", "quantities":
        yield from (item["span"] for item in reading[layer])
    for entity in reading["entities"]:
        yield from entity["mentions"]
    for event in reading["events"]:
        yield from event["triggers"]


def check(reading):
    text = reading["text"]
    for start, end in spans(reading):
        words = text[start:end]
        assert 0 <= start < end <= len(text) and words.strip() == words, (start, end, words)
    for layer in "entities", "times", "quantities", "events":
        numbers = [int(item["id"][1:]) for item in reading[layer]]
        assert numbers == list(range(1, len(numbers) + 1)), layer
    for entity in reading["entities"]:
        assert entity["mentions"] == sorted(entity["mentions"]), entity
    for event in reading["events"]:
        assert event["actors"] or event["recipients"], event
        assert event["triggers"] == sorted(event["triggers"]), event
    for quantity in reading["quantities"]:
        assert ("high" in quantity) == (quantity["bound"] == "between"), quantity


def main(schema, readings):
    validator = jsonschema.Draft202012Validator(json.load(open(schema, encoding="utf-8")))
    count = 0
    for count, line in enumerate(open(readings, encoding="utf-8"), 1):
        reading = json.loads(line)
        validator.validate(reading)
        check(reading)
    assert count, "no readings"


main(*sys.argv[1:])
