#!/usr/bin/env python3
"""Makes a large archive of a small one, for measuring answers: enlarge.py ARCHIVE TIMES.
Every report is copied with all that it tells and the events it belongs to, a year's days
apart from its original; entities stay what they are, so that they become frequent."""
import sqlite3
import sys

database = sqlite3.connect(sys.argv[1], isolation_level=None)
times = int(sys.argv[2])
most = database.execute("SELECT max(report) FROM reports").fetchone()[0]
ranges = database.execute("SELECT max(event) FROM events").fetchone()[0] + 1
database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF")
triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
for name, _ in triggers:
    database.execute(f"DROP TRIGGER {name}")


def columns(table):
    return [f'"{row[1]}"' for row in database.execute(f"PRAGMA table_info({table})")]


def copy(table, changes, condition):
    names = columns(table)
    values = [changes.get(name.strip('"'), name) for name in names]
    database.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {condition}")


database.execute("BEGIN")
for k in range(1, times):
    shift, event = most * k, f"(event + {k} * 1000003) % {2**52}"
    moved = f"date(day, '-{k % 365} days')"
    copy("reports", {"report": f"report + {shift}", "url": f"url || '?{k}'", "head": f"head + {shift}",
                     "superseded_by": f"superseded_by + {shift}", "published": f"date(published, '-{k % 365} days')"},
         f"report <= {most}")
    for table in ("report_entities", "report_times", "report_quantities", "report_participants", "report_claims",
                  "report_event_quantities", "report_claim_events"):
        copy(table, {"report": f"report + {shift}"}, f"report <= {most}")
    copy("events", {"event": event, "report": f"report + {shift}", "day": moved}, f"report <= {most}")
    copy("event_participants", {"event": event},
         f"event IN (SELECT event FROM events WHERE report <= {most})")
    copy("report_events", {"report": f"report + {shift}", "event": event}, f"report <= {most}")
database.execute("INSERT INTO words (words) VALUES ('rebuild')")
database.execute("UPDATE speakers SET claims = claims * ?", (times,))
database.execute("UPDATE outlet_claims SET claims = claims * ?", (times,))
for _, sql in triggers:
    database.execute(sql)
database.execute("COMMIT")
