-- The journal is the truth: `event` is only ever appended to. All tables below it are a projection
-- that can be dropped and made again from it. Ids are event.id of the event that made the row, so
-- they mean the same after a rebuild.

CREATE TABLE meta (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    writer     INTEGER NOT NULL REFERENCES writer (id),  -- whose events this file appends
    newest_at  INTEGER NOT NULL,           -- newest event seen, ms since 1970 UTC, in steps of a minute
    indexed_to INTEGER NOT NULL DEFAULT 0, -- units up to this id are in unit_search
    organization TEXT, -- whose units these are, 32 hex digits; NULL: synced with nobody yet
    -- The hub: how far its feed was read, and the last event that it has and that was seen there
    -- with all that came before it.
    hub_position INTEGER NOT NULL DEFAULT 0,
    hub_hash     BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(hub_hash) = 32),
    confirmed_to INTEGER NOT NULL DEFAULT 0,
    hub_compared INTEGER NOT NULL DEFAULT 0,  -- up to this position heads and names were, too
    hub_at       INTEGER NOT NULL DEFAULT 0,  -- its clock when it was last asked, ms since 1970 UTC
    hub_offset   INTEGER, -- s that the clock here was ahead of it then
    synced_at    INTEGER  -- last complete sync with any place, ms since 1970 UTC
) STRICT;

CREATE TABLE writer (
    id         INTEGER PRIMARY KEY,
    uuid       BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
    sent       INTEGER NOT NULL DEFAULT 0,  -- how far the hub has its events, by the hub's own word
    synced     INTEGER NOT NULL DEFAULT 0,  -- how far the last complete sync had them; own ones only
    from_hub   INTEGER NOT NULL DEFAULT 0,  -- 1: a hub's feed brought some of them
    seen       INTEGER NOT NULL DEFAULT 0,  -- how far of these a feed that was read reached, too
    public_key BLOB CHECK (length(public_key) = 32)  -- Ed25519, as first seen
) STRICT;

CREATE TABLE event (
    id     INTEGER PRIMARY KEY,                -- order of arrival in this file
    writer INTEGER NOT NULL REFERENCES writer (id),
    seq    INTEGER NOT NULL CHECK (seq > 0),
    kind   INTEGER NOT NULL,                   -- journal::Kind
    root   INTEGER REFERENCES event (id),      -- the unit's registration; NULL: reference data
    record BLOB NOT NULL,                      -- canonical JSON, exactly as written
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (writer, seq)
) STRICT;

-- A registration is its own root and found by its id.
CREATE INDEX event_of_unit ON event (root, id) WHERE root <> id;
CREATE INDEX reference_event ON event (id) WHERE root IS NULL;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

-- Events of other devices that came before what they refer to. They go into `event` when that is
-- there, so that every event stands behind its parents.
CREATE TABLE waiting (
    writer INTEGER NOT NULL REFERENCES writer (id),
    seq    INTEGER NOT NULL CHECK (seq > 0),
    record BLOB NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (writer, seq)
) STRICT, WITHOUT ROWID;

-- Names of persons stay out of the journal, so that they can be erased: records hold only `ref`.
-- Stations that wrote one client down apart gave him a `ref` each.
CREATE TABLE client (
    id   INTEGER PRIMARY KEY,
    ref  TEXT NOT NULL UNIQUE,
    key  TEXT,  -- the name's comparison key; NULL: there is no name
    name TEXT,  -- NULL: it has not come yet; '': erased, for ever
    sent INTEGER NOT NULL DEFAULT 0  -- 1: the hub has it so
) STRICT;
CREATE INDEX client_by_key ON client (key, ref) WHERE key IS NOT NULL;
CREATE INDEX client_unsent ON client (ref) WHERE sent = 0 AND name IS NOT NULL;

CREATE TABLE variant (
    id              INTEGER PRIMARY KEY,
    key             TEXT NOT NULL UNIQUE,
    sku             TEXT NOT NULL,
    name            TEXT NOT NULL,
    gtin            TEXT,  -- two stations may have given it to two variants
    warranty_months INTEGER CHECK (warranty_months BETWEEN 1 AND 1200),
    tip             INTEGER NOT NULL REFERENCES event (id)
) STRICT;

CREATE INDEX variant_gtin ON variant (gtin) WHERE gtin IS NOT NULL;

CREATE TABLE lot (
    id       INTEGER PRIMARY KEY,
    variant  INTEGER NOT NULL REFERENCES variant (id),
    key      TEXT NOT NULL,
    code     TEXT NOT NULL,
    expiry   TEXT,
    supplier TEXT NOT NULL,
    tip      INTEGER NOT NULL REFERENCES event (id),
    UNIQUE (variant, key)
) STRICT;

CREATE TABLE warehouse (
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    tip  INTEGER NOT NULL REFERENCES event (id)
) STRICT;

CREATE TABLE location (
    id        INTEGER PRIMARY KEY,
    warehouse INTEGER NOT NULL REFERENCES warehouse (id),
    key       TEXT NOT NULL,
    code      TEXT NOT NULL,
    tip       INTEGER NOT NULL REFERENCES event (id),
    UNIQUE (warehouse, key)
) STRICT;

CREATE TABLE unit (
    id              INTEGER PRIMARY KEY REFERENCES event (id),  -- its registration
    key             TEXT NOT NULL,
    serial          TEXT NOT NULL,
    status          INTEGER,  -- inventory::Status; NULL: the registration was undone
    variant         INTEGER NOT NULL REFERENCES variant (id),
    lot             INTEGER REFERENCES lot (id),
    warehouse       INTEGER REFERENCES warehouse (id),
    location        INTEGER REFERENCES location (id),
    purchase_date   INTEGER,  -- dates are days since 1970-01-01
    warranty_expiry INTEGER,
    client          TEXT REFERENCES client (ref),
    order_ref       TEXT,
    rma             TEXT,
    reason          TEXT,
    hold            TEXT,     -- why it is in quarantine
    identifiers     TEXT NOT NULL DEFAULT '',  -- as inventory::to_text() has them
    symbology       TEXT NOT NULL DEFAULT '',  -- that the serial was read from, "]C"
    provisional     INTEGER NOT NULL DEFAULT 0,  -- 1: sold before it was known, not registered yet
    merged          INTEGER NOT NULL DEFAULT 0,  -- 1: stations acted on it apart, its history forks
    tip             INTEGER NOT NULL REFERENCES event (id)  -- its latest event
) STRICT;

-- The identifiers of the units, to find them by (unit_marks.hpp).
CREATE TABLE identifier (
    key  TEXT NOT NULL,     -- the value's comparison key
    unit INTEGER NOT NULL,  -- unit.id
    kind TEXT NOT NULL,
    PRIMARY KEY (key, unit, kind)
) STRICT, WITHOUT ROWID;

-- What the serials of a variant look like: of each symbology and length, how many units there are
-- and, for every place in the serial, how many have a digit, a capital, a small letter or another
-- character there (four counts of 32 bits, little-endian).
CREATE TABLE serial_shape (
    variant   INTEGER NOT NULL,
    symbology TEXT NOT NULL,
    length    INTEGER NOT NULL,
    units     INTEGER NOT NULL CHECK (units > 0),
    places    BLOB NOT NULL,
    PRIMARY KEY (variant, symbology, length)
) STRICT, WITHOUT ROWID;

-- The serials that a registration, or one that it met, went under before. Few have any.
CREATE TABLE former_key (
    key  TEXT NOT NULL,
    unit INTEGER NOT NULL,
    PRIMARY KEY (key, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_key_of_unit ON former_key (unit);

-- What a person must look at: of every unit the gravest.
CREATE TABLE conflict (
    unit     INTEGER PRIMARY KEY REFERENCES unit (id) ON DELETE CASCADE,
    id       TEXT NOT NULL UNIQUE,      -- of the two events, the same on every device
    severity INTEGER NOT NULL,          -- journal::Severity
    sellable INTEGER NOT NULL CHECK (sellable IN (0, 1)),
    sentence TEXT NOT NULL
) STRICT;
CREATE INDEX conflict_by_severity ON conflict (severity, unit);

-- Recalls of a lot, a variant, or a lot of one variant.
CREATE TABLE recall (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE,
    variant INTEGER REFERENCES variant (id),  -- NULL: of every variant
    lot_key TEXT,                             -- NULL: every lot
    reason  TEXT NOT NULL,
    open    INTEGER NOT NULL CHECK (open IN (0, 1)),
    tip     INTEGER NOT NULL REFERENCES event (id)
) STRICT;

-- How the labels of a variant are read (inventory::LabelProfile).
CREATE TABLE profile (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,  -- of the variant
    variant   INTEGER NOT NULL REFERENCES variant (id),
    symbology TEXT NOT NULL,
    strip     TEXT NOT NULL,
    pattern   TEXT NOT NULL,
    skipped   INTEGER NOT NULL,  -- characters in front of the serial
    length    INTEGER NOT NULL,  -- its characters, 0: no fixed positions
    express   INTEGER NOT NULL CHECK (express IN (0, 1)),
    removed   INTEGER NOT NULL CHECK (removed IN (0, 1)),
    tip       INTEGER NOT NULL REFERENCES event (id)
) STRICT;

-- One serial, one unit: the promise of the product, kept by the database.
CREATE UNIQUE INDEX unit_key ON unit (key) WHERE status IS NOT NULL;
CREATE INDEX unit_withdrawn ON unit (key) WHERE status IS NULL;
CREATE INDEX unit_by_status ON unit (status, key) WHERE status IS NOT NULL;
CREATE INDEX unit_by_variant ON unit (variant, key) WHERE status IS NOT NULL;
CREATE INDEX unit_by_lot ON unit (lot, key) WHERE status IS NOT NULL AND lot IS NOT NULL;
CREATE INDEX unit_by_client ON unit (client, key) WHERE status IS NOT NULL AND client IS NOT NULL;

-- Every unit's key backwards: people type the last digits.
CREATE TABLE unit_ending (
    reversed TEXT NOT NULL,
    unit     INTEGER NOT NULL,  -- unit.id
    PRIMARY KEY (reversed, unit)
) STRICT, WITHOUT ROWID;

-- Trigrams of the keys, to find any part of a serial. It stores nothing but the index, and follows
-- the table of units in steps (search_index.hpp).
CREATE VIRTUAL TABLE unit_search USING fts5 (
    key, content = '', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1'
);

-- Counts of the status tabs, kept as units change; a new unit is counted by who inserts it
-- (unit_rows.cpp).
CREATE TABLE counter (
    status INTEGER PRIMARY KEY,
    units  INTEGER NOT NULL CHECK (units >= 0)
) STRICT;

INSERT INTO counter (status, units) VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0);

CREATE TRIGGER unit_counted_out AFTER DELETE ON unit WHEN old.status IS NOT NULL
BEGIN UPDATE counter SET units = units - 1 WHERE status = old.status; END;

CREATE TRIGGER unit_recounted AFTER UPDATE OF status ON unit WHEN old.status IS NOT new.status
BEGIN
    UPDATE counter SET units = units - 1 WHERE status = old.status;
    UPDATE counter SET units = units + 1 WHERE status = new.status;
END;
