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
CREATE INDEX reports_by_outlet ON reports (outlet, published);

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
CREATE INDEX entities_by_type ON entities (type, reports DESC, entity);
CREATE INDEX entities_by_country ON entities (country, reports DESC, entity);
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
  n INTEGER NOT NULL,               -- and which of its events
  day TEXT NOT NULL DEFAULT ''      -- "from", else the day of that report: where it stands in a chronicle
) STRICT;
CREATE INDEX events_by_day ON events (day, event);
CREATE INDEX events_by_type ON events (type, day, event);
CREATE INDEX events_by_country ON events (country, day, event);
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

-- Triggers keep what follows from the tables above, whoever writes them.
CREATE TRIGGER events_dated AFTER INSERT ON events BEGIN
  UPDATE events SET day = CASE WHEN new."from" <> '' THEN new."from"
    ELSE (SELECT substr(published, 1, 10) FROM reports WHERE report = new.report) END WHERE event = new.event;
END;
CREATE TRIGGER events_redated AFTER UPDATE OF "from", report ON events
WHEN new."from" IS NOT old."from" OR new.report IS NOT old.report BEGIN
  UPDATE events SET day = CASE WHEN new."from" <> '' THEN new."from"
    ELSE (SELECT substr(published, 1, 10) FROM reports WHERE report = new.report) END WHERE event = new.event;
END;

-- The names of an entity, and in how many reports of a language it has each.
CREATE TABLE entity_names (
  id INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL REFERENCES entities,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  reports INTEGER NOT NULL DEFAULT 1,
  UNIQUE (entity, name, language)
) STRICT;
CREATE VIRTUAL TABLE names USING fts5 (
  name, content = 'entity_names', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER entity_names_come AFTER INSERT ON entity_names BEGIN
  INSERT INTO names (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER entity_names_go AFTER DELETE ON entity_names BEGIN
  INSERT INTO names (names, rowid, name) VALUES ('delete', old.id, old.name);
END;
CREATE TRIGGER report_entities_join AFTER UPDATE OF entity ON report_entities
WHEN new.entity IS NOT old.entity AND new.entity IS NOT NULL AND new.named BEGIN
  INSERT INTO entity_names (entity, name, language)
    VALUES (new.entity, new.name, (SELECT language FROM reports WHERE report = new.report))
    ON CONFLICT DO UPDATE SET reports = reports + 1;
END;
CREATE TRIGGER report_entities_leave AFTER UPDATE OF entity ON report_entities
WHEN new.entity IS NOT old.entity AND old.entity IS NOT NULL AND old.named BEGIN
  UPDATE entity_names SET reports = reports - 1 WHERE entity = old.entity AND name = old.name
    AND language = (SELECT language FROM reports WHERE report = old.report);
  DELETE FROM entity_names WHERE entity = old.entity AND name = old.name AND reports = 0;
END;

-- Who says how much: an entity in each outlet, and in all together (outlet '').
CREATE TABLE speakers (
  outlet TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities,
  claims INTEGER NOT NULL,
  PRIMARY KEY (outlet, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX speakers_by_claims ON speakers (outlet, claims DESC, entity);
CREATE TRIGGER speakers_come AFTER UPDATE OF entity ON report_entities
WHEN new.entity IS NOT old.entity AND new.entity IS NOT NULL
  AND EXISTS (SELECT 1 FROM report_claims WHERE report = new.report AND entity = new.n) BEGIN
  INSERT INTO speakers SELECT o.column1, new.entity,
      (SELECT count(*) FROM report_claims WHERE report = new.report AND entity = new.n)
    FROM (VALUES ('') UNION SELECT outlet FROM reports WHERE report = new.report) o WHERE true
    ON CONFLICT DO UPDATE SET claims = claims + excluded.claims;
END;
CREATE TRIGGER speakers_go AFTER UPDATE OF entity ON report_entities
WHEN new.entity IS NOT old.entity AND old.entity IS NOT NULL
  AND EXISTS (SELECT 1 FROM report_claims WHERE report = old.report AND entity = old.n) BEGIN
  UPDATE speakers SET claims = claims - (SELECT count(*) FROM report_claims WHERE report = old.report AND entity = old.n)
    WHERE entity = old.entity AND outlet IN ('', (SELECT outlet FROM reports WHERE report = old.report));
  DELETE FROM speakers WHERE entity = old.entity AND claims = 0;
END;

-- How each outlet's claims are sourced; superseded reports left out.
CREATE TABLE outlet_claims (
  outlet TEXT NOT NULL,
  kind TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  stance TEXT NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (outlet, kind, anonymous, stance)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER outlet_claims_come AFTER INSERT ON report_claims BEGIN
  INSERT INTO outlet_claims
    VALUES ((SELECT outlet FROM reports WHERE report = new.report), new.kind, new.anonymous, new.stance, 1)
    ON CONFLICT DO UPDATE SET claims = claims + 1;
END;
CREATE TRIGGER outlet_claims_change AFTER UPDATE OF superseded_by ON reports
WHEN (new.superseded_by IS NULL) <> (old.superseded_by IS NULL) BEGIN
  UPDATE outlet_claims SET claims = claims + iif(new.superseded_by IS NULL, 1, -1) *
    (SELECT count(*) FROM report_claims c WHERE c.report = new.report AND c.kind = outlet_claims.kind
      AND c.anonymous = outlet_claims.anonymous AND c.stance = outlet_claims.stance) WHERE outlet = new.outlet;
END;

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

-- The lemmas of forms as reports use them, without case and accents: a search for
-- a form also asks for its lemmas.
CREATE TABLE lemmas (
  form TEXT NOT NULL,
  lemma TEXT NOT NULL,
  PRIMARY KEY (form, lemma)
) STRICT, WITHOUT ROWID;

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

-- ---- how it is found: Relato's own, no part of the contract ---------------------------

-- What reports are compared by; rows are there for current reports alone.
CREATE TABLE merge_reports (
  report INTEGER PRIMARY KEY REFERENCES reports,
  day INTEGER NOT NULL,             -- published, since 1970-01-01
  hash INTEGER NOT NULL,            -- of text, address and outlet
  signature BLOB NOT NULL,          -- MinHash (similar.h)
  points INTEGER NOT NULL DEFAULT 0, -- how much it is like its head
  facts BLOB NOT NULL               -- of its events (facts.h)
) STRICT;
CREATE TABLE merge_bands (
  bucket INTEGER NOT NULL, band INTEGER NOT NULL, report INTEGER NOT NULL,
  PRIMARY KEY (bucket, band, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE merge_around (
  bucket INTEGER NOT NULL, name INTEGER NOT NULL, report INTEGER NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (bucket, name, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE merge_days (
  bucket INTEGER NOT NULL, place INTEGER NOT NULL, report INTEGER NOT NULL,
  PRIMARY KEY (bucket, place, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE merge_events (
  report INTEGER NOT NULL, n INTEGER NOT NULL,
  head INTEGER NOT NULL,            -- 65536 * report + n of the one that it belongs to
  points INTEGER NOT NULL,          -- how much it agrees with that, in tenths
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_events_by_head ON merge_events (head);
CREATE TABLE merge_codes (           -- how often an entity has been coded so
  entity INTEGER NOT NULL,
  type TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (entity, type, country, sector)
) STRICT, WITHOUT ROWID;
CREATE TABLE merge_names (
  entity INTEGER PRIMARY KEY,       -- that it is if it is its own head
  key TEXT NOT NULL, country TEXT NOT NULL,
  solid TEXT NOT NULL, ends TEXT NOT NULL, start TEXT NOT NULL,
  head INTEGER, points INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX merge_names_by_solid ON merge_names (solid);
CREATE INDEX merge_names_by_ends ON merge_names (ends);
CREATE INDEX merge_names_by_start ON merge_names (start);
