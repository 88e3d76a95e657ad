-- The tables of an archive, format 1. docs/archive.md tells what each member
-- means; other programs may read them, so that they change with the format's
-- number alone.
PRAGMA application_id = 1382247521; -- "Rela"
PRAGMA user_version = 1;

-- ---- reports, as they were read ------------------------------------------------

CREATE TABLE reports (
  report INTEGER PRIMARY KEY,       -- in the order of adding
  id TEXT NOT NULL,                 -- SHA-256 of the text
  url TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  outlet TEXT NOT NULL DEFAULT '',
  byline TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '', -- ISO 8601
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  sentences TEXT NOT NULL,          -- [[start, end], ...] in code points
  superseded_by INTEGER REFERENCES reports, -- a later version of the same address; null: this is the last one
  head INTEGER REFERENCES reports,  -- of its group of near-duplicates, the earliest; itself if it is alone
  UNIQUE (id, url, outlet)
) STRICT;
CREATE INDEX reports_by_url ON reports (url) WHERE url <> '';
CREATE INDEX reports_by_day ON reports (published);
CREATE INDEX reports_by_head ON reports (head);

CREATE TABLE report_entities (
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL,               -- 3 for "E3"
  type TEXT NOT NULL,
  named INTEGER NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  sector TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT '',
  known TEXT NOT NULL DEFAULT '',   -- id in the lexicon
  lat REAL, lon REAL, geonames INTEGER,
  mentions TEXT NOT NULL,           -- [[start, end], ...]
  entity INTEGER REFERENCES entities,
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_entities_by_entity ON report_entities (entity);

CREATE TABLE report_times (
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  type TEXT NOT NULL,
  value TEXT NOT NULL,
  mod TEXT NOT NULL DEFAULT '',
  "from" TEXT NOT NULL DEFAULT '', "to" TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_quantities (
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  value REAL NOT NULL, high REAL NOT NULL,
  bound TEXT NOT NULL,
  counts TEXT NOT NULL,
  noun TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_events (
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL,
  type TEXT NOT NULL,
  mode TEXT NOT NULL DEFAULT '',
  reality TEXT NOT NULL,
  triggers TEXT NOT NULL,           -- [[start, end], ...]
  contexts TEXT NOT NULL DEFAULT '[]',
  place INTEGER,                    -- n of an entity of the report
  time INTEGER,                     -- n of a time of the report
  event INTEGER REFERENCES events,
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_events_by_event ON report_events (event);

CREATE TABLE report_participants (
  report INTEGER NOT NULL REFERENCES reports,
  event INTEGER NOT NULL,           -- n of an event of the report
  role TEXT NOT NULL,               -- actor, recipient
  entity INTEGER NOT NULL,          -- n of an entity of the report
  country TEXT NOT NULL,
  sector TEXT NOT NULL,
  PRIMARY KEY (report, event, role, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_event_quantities (
  report INTEGER NOT NULL REFERENCES reports,
  event INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (report, event, quantity)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_claims (
  report INTEGER NOT NULL REFERENCES reports,
  n INTEGER NOT NULL,
  content_start INTEGER, content_end INTEGER, -- null: nothing is said
  cue_start INTEGER NOT NULL, cue_end INTEGER NOT NULL,
  source_start INTEGER NOT NULL, source_end INTEGER NOT NULL,
  entity INTEGER,                   -- n of an entity of the report
  kind TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  country TEXT NOT NULL,
  sector TEXT NOT NULL,
  stance TEXT NOT NULL,
  quoted TEXT NOT NULL,
  relayed_by INTEGER,               -- n of an entity of the report
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_claim_events (
  report INTEGER NOT NULL REFERENCES reports,
  claim INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (report, claim, event)
) STRICT, WITHOUT ROWID;

-- ---- what the reports have in common ---------------------------------------------

CREATE TABLE entities (
  entity INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,               -- the most usual one
  country TEXT NOT NULL,
  sector TEXT NOT NULL,
  known TEXT NOT NULL DEFAULT '',
  lat REAL, lon REAL, geonames INTEGER,
  reports INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX entities_by_reports ON entities (reports DESC, entity);
CREATE INDEX entities_by_known ON entities (known) WHERE known <> '';
CREATE INDEX entities_by_name ON entities (name);

CREATE TABLE events (
  event INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  mode TEXT NOT NULL DEFAULT '',
  reality TEXT NOT NULL,            -- what most independent reports say
  disputed INTEGER NOT NULL DEFAULT 0, -- some say that it happened, others that it did not
  "from" TEXT NOT NULL DEFAULT '', "to" TEXT NOT NULL DEFAULT '', -- ISO days
  place INTEGER REFERENCES entities,
  country TEXT NOT NULL DEFAULT '', -- where it happened
  reports INTEGER NOT NULL DEFAULT 1,
  voices INTEGER NOT NULL DEFAULT 1, -- independent reports: a group of near-duplicates is one
  report INTEGER NOT NULL REFERENCES reports, -- whose words stand for it,
  n INTEGER NOT NULL                -- and which of its events
) STRICT;
CREATE INDEX events_by_day ON events ("from", event);
CREATE INDEX events_by_type ON events (type, "from");
CREATE INDEX events_by_country ON events (country, "from");
CREATE INDEX events_by_place ON events (place);

CREATE TABLE event_participants (
  event INTEGER NOT NULL REFERENCES events,
  role TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities,
  country TEXT NOT NULL,
  sector TEXT NOT NULL,
  voices INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event, role, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_participants_by_entity ON event_participants (entity, event);
CREATE INDEX event_participants_by_country ON event_participants (country, event);

-- What the user has corrected: these two reports' events or entities belong
-- together (merge) or do not (split). Named by what survives adding anew.
CREATE TABLE corrections (
  correction INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,               -- merge, split
  what TEXT NOT NULL,               -- event, entity
  a_id TEXT NOT NULL, a_n INTEGER NOT NULL,
  b_id TEXT NOT NULL, b_n INTEGER NOT NULL,
  made TEXT NOT NULL                -- ISO 8601
) STRICT;

-- ---- words --------------------------------------------------------------------------

CREATE VIEW report_words AS SELECT report, title, text, '' AS lemmas FROM reports;

CREATE VIRTUAL TABLE words USING fts5 (
  title, text,
  lemmas,                           -- those that are not a word of the text: inflection folded
  content = 'report_words', content_rowid = 'report',
  tokenize = "unicode61 remove_diacritics 2"
);

-- ---- for people ---------------------------------------------------------------------

CREATE VIEW current_reports AS SELECT * FROM reports WHERE superseded_by IS NULL;

CREATE VIEW events_view AS
SELECT e.event, e.type, e.mode, e.reality, e.disputed, e."from", e."to", p.name AS place, e.country,
  (SELECT group_concat(x.name, '; ') FROM event_participants a JOIN entities x USING (entity)
    WHERE a.event = e.event AND a.role = 'actor') AS actors,
  (SELECT group_concat(x.name, '; ') FROM event_participants a JOIN entities x USING (entity)
    WHERE a.event = e.event AND a.role = 'recipient') AS recipients,
  e.voices, e.reports, r.title, r.outlet, r.url
FROM events e JOIN reports r ON r.report = e.report LEFT JOIN entities p ON p.entity = e.place;

CREATE VIEW claims_view AS
SELECT c.report, c.n, r.published, r.outlet, c.stance,
  substr(r.text, c.source_start + 1, c.source_end - c.source_start) AS source, x.name AS entity, c.kind, c.anonymous,
  c.country, c.sector, substr(r.text, c.cue_start + 1, c.cue_end - c.cue_start) AS cue,
  substr(r.text, c.content_start + 1, c.content_end - c.content_start) AS content, c.quoted, r.url
FROM report_claims c JOIN reports r USING (report)
LEFT JOIN report_entities x ON x.report = c.report AND x.n = c.entity
WHERE r.superseded_by IS NULL;

CREATE VIEW figures_view AS
SELECT v.event, q.counts, q.value, q.high, q.bound, q.noun,
  substr(r.text, q.start + 1, q."end" - q.start) AS words, r.published, r.outlet, r.language, r.report, q.n, r.head,
  c.n AS claim, substr(r.text, c.source_start + 1, c.source_end - c.source_start) AS source, c.kind, c.anonymous, r.url
FROM report_event_quantities l
JOIN report_events v ON v.report = l.report AND v.n = l.event
JOIN report_quantities q ON q.report = l.report AND q.n = l.quantity
JOIN reports r ON r.report = l.report
LEFT JOIN report_claims c ON c.report = q.report AND c.n = (
  SELECT d.n FROM report_claims d WHERE d.report = q.report AND d.content_start <= q.start AND d.content_end >= q."end"
  ORDER BY d.content_end - d.content_start LIMIT 1)
WHERE r.superseded_by IS NULL;
