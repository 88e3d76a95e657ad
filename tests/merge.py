#!/usr/bin/env python3
"""Measures what an archive has merged: merge.py ARCHIVE EXPECTED [-v]
or tells whether two have merged the same: merge.py --same ARCHIVE ARCHIVE

EXPECTED is tests/cases/merge.json: which words of which reports tell of one
happening, which names are one entity, which reports are near-duplicates. It holds
words and names, not spans of events: an event of the archive is that of the expected
words that one of its triggers overlaps, an entity that of the expected name. Events
and entities that it does not speak of are left out.

Scores are B-cubed (Bagga and Baldwin, 1998) over the mentions that both have: for each
the share of its group that belongs there, and of those that belong there the share
in its group. BARS are what is aimed at; exit status 1 if a score is below its floor,
which is what has been reached, or near-duplicates are not exactly those expected."""
import collections
import json
import sqlite3
import sys

BARS = {"events": 0.85, "entities": 0.92}
FLOORS = {"events": 0.74, "entities": 0.92}


def b_cubed(pairs):
    """Precision, recall, F1 of (found group, expected group) pairs."""
    found, expected = collections.Counter(p[0] for p in pairs), collections.Counter(p[1] for p in pairs)
    both = collections.Counter(pairs)
    precision = sum(n * n / found[p[0]] for p, n in both.items()) / len(pairs)
    recall = sum(n * n / expected[p[1]] for p, n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def event_pairs(archive, cases):
    """(event, expected happening) for each event of a current report that is expected, and
    how many expected (report, happening) there are."""
    spans, wanted = collections.defaultdict(list), set()
    for happening, reports in cases["events"].items():
        for report in reports:
            key = report["url"], report["published"]
            wanted.add((key, happening))
            for words in report["words"]:
                spans[key].append((words["at"], words["at"] + len(words["words"]), happening))
    pairs, met = [], set()
    rows = archive.execute("SELECT url, published, v.event, v.triggers FROM report_events v JOIN reports USING (report) "
                           "WHERE superseded_by IS NULL")
    for url, published, event, triggers in rows:
        told = [h for a, b in json.loads(triggers) for start, end, h in spans[url, published] if a < end and b > start]
        if told:
            pairs.append((event, told[0]))
            met.add(((url, published), told[0]))
    return pairs, len(met), len(wanted)


def entity_pairs(archive, cases):
    affairs = {url: affair for affair, urls in cases["affairs"].items() for url in urls}
    names = collections.defaultdict(list)
    for entity in cases["entities"]:
        for name in entity["names"]:
            names[name.casefold()].append(entity)
    pairs = []
    rows = archive.execute("SELECT url, x.name, x.entity FROM report_entities x JOIN reports USING (report) "
                           "WHERE superseded_by IS NULL AND x.named")
    for url, name, merged in rows:
        for entity in names[name.casefold()]:
            if affairs[url] in entity.get("affairs", [affairs[url]]) and url in entity.get("reports", [url]):
                pairs.append((merged, entity["id"]))
                break
    return pairs


def duplicate_pairs(archive):
    rows = archive.execute("SELECT a.url, b.url FROM reports a JOIN reports b ON b.head = a.head AND a.report < b.report "
                           "WHERE a.superseded_by IS NULL AND b.superseded_by IS NULL")
    return {frozenset(row) for row in rows}


def figures_met(archive, cases, pairs):
    """Expected figures that stand under the event that most mentions of their happening have."""
    met, wanted = 0, 0
    for happening, kinds in cases["figures"].items():
        events = collections.Counter(event for event, told in pairs if told == happening).most_common(1)
        for counts, values in kinds.items():
            there = {value for (value,) in archive.execute(
                "SELECT value FROM figures_view WHERE event = ? AND counts = ?", (events[0][0], counts))} if events else set()
            met += len(there & set(values))
            wanted += len(values)
    return met, wanted


def tell_faults(pairs, names):
    groups = collections.defaultdict(collections.Counter)
    for found, expected in pairs:
        groups[found][expected] += 1
    for found, told in groups.items():
        if len(told) > 1:
            print(f"  {names.get(found, found)}: {dict(told)}")
    parts = collections.defaultdict(collections.Counter)
    for found, expected in pairs:
        parts[expected][found] += 1
    for expected, found in parts.items():
        if len(found) > 1:
            print(f"  {expected} in {len(found)}: {sorted(found.values(), reverse=True)}")


def merged_tables(name):
    """What was merged, with addresses in the place of the numbers that reports get as they come."""
    archive = sqlite3.connect(name)
    address = {number: (url, published) for number, url, published in
               archive.execute("SELECT report, url, published FROM reports")}
    address[None] = None
    tables = {table: sorted(archive.execute(f"SELECT * FROM {table}")) for table in ("entities", "event_participants")}
    for table in ("report_entities", "report_events"):
        column = "entity" if table == "report_entities" else "event"
        tables[table] = sorted((address[report], n, merged or 0) for report, n, merged in
                               archive.execute(f"SELECT report, n, {column} FROM {table}"))
    tables["reports"] = sorted((address[report], address[by], address[head]) for report, by, head in
                               archive.execute("SELECT report, superseded_by, head FROM reports"))
    columns = [row[1] for row in archive.execute("PRAGMA table_info(events)")]
    tables["events"] = sorted([address[value] if name == "report" else value or "" for name, value in zip(columns, row)]
                              for row in archive.execute("SELECT * FROM events ORDER BY event"))
    return tables


def same(a, b):
    a, b = merged_tables(a), merged_tables(b)
    for table in a:
        if a[table] != b[table]:
            print(f"{table} differs: {[x for x in a[table] if x not in b[table]][:2]} {[x for x in b[table] if x not in a[table]][:2]}")
    return a == b


def main():
    if sys.argv[1] == "--same":
        return not same(*sys.argv[2:4])
    archive, verbose = sqlite3.connect(sys.argv[1]), "-v" in sys.argv
    with open(sys.argv[2], encoding="utf-8") as file:
        cases = json.load(file)
    pairs, met, wanted = event_pairs(archive, cases)
    scores = {"events": b_cubed(pairs), "entities": b_cubed(entity_pairs(archive, cases))}
    print(f"events read: {met} of {wanted} tellings")
    failed = False
    for what, (precision, recall, f1) in scores.items():
        failed |= f1 < FLOORS[what]
        print(f"{what}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}, bar {BARS[what]}"
              f"{' missed' if f1 < BARS[what] else ''}")
    expected = {frozenset((a, b)) for group in cases["duplicates"] for a in group for b in group if a != b}
    found = duplicate_pairs(archive)
    print(f"near-duplicates: {len(found & expected)} of {len(expected)} pairs found, {len(found - expected)} false")
    failed |= found != expected
    print("figures: %d of %d under their event" % figures_met(archive, cases, pairs))
    if verbose:
        tell_faults(pairs, {e: f"{t} {e}" for e, t in archive.execute("SELECT event, type FROM events")})
        tell_faults(entity_pairs(archive, cases), dict(archive.execute("SELECT entity, name FROM entities")))
    return failed


if __name__ == "__main__":
    sys.exit(main())
