-- The hub: what the stations of an organization tell each other, in PostgreSQL 15 or later.
-- `unitrail hub init` runs this file in one transaction; running it again changes nothing.
--
-- A device logs in with a role of its own, which may call the functions at the end and do nothing
-- else. It sees its own organization only. Records are opaque bytes here; the hub checks that each
-- writer's chain goes on and that a writer belongs to one device.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'unitrail_hub') THEN
        CREATE ROLE unitrail_hub NOLOGIN;     -- owns everything below
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'unitrail_device') THEN
        CREATE ROLE unitrail_device NOLOGIN;  -- what every device may do
    END IF;
    EXECUTE format('GRANT unitrail_hub TO %I', current_user);
END $$;

CREATE SCHEMA IF NOT EXISTS unitrail AUTHORIZATION unitrail_hub;
SET LOCAL ROLE unitrail_hub;
SET LOCAL search_path = unitrail, pg_temp;
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS hub (
    id      integer PRIMARY KEY CHECK (id = 1),
    version integer NOT NULL  -- of this schema
);
INSERT INTO hub VALUES (1, 1) ON CONFLICT (id) DO NOTHING;

CREATE TABLE IF NOT EXISTS organization (
    id       bytea PRIMARY KEY CHECK (length(id) = 16),
    -- The feed's end. Its row is locked last in a push, so that a reader never sees a position
    -- before all lower ones are there, which no sequence and no time of commit can promise.
    position bigint NOT NULL DEFAULT 0,
    hash     bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
);

CREATE TABLE IF NOT EXISTS device (
    role           text PRIMARY KEY,
    organization   bytea NOT NULL REFERENCES organization,
    name           text NOT NULL,
    enrolled_at    timestamptz NOT NULL DEFAULT now(),
    seen_at        timestamptz,
    revoked_at     timestamptz,
    position       bigint NOT NULL DEFAULT 0,  -- how far it has read the feed
    -- Against a device gone mad: what it may push in an hour.
    events_an_hour bigint NOT NULL DEFAULT 5000000,
    hour           timestamptz NOT NULL DEFAULT 'epoch',
    events         bigint NOT NULL DEFAULT 0   -- pushed in that hour
);
CREATE UNIQUE INDEX IF NOT EXISTS device_name ON device (organization, name)
    WHERE revoked_at IS NULL;

-- A writer is one life of one device's database. Whoever pushed it first owns it.
CREATE TABLE IF NOT EXISTS writer (
    organization bytea NOT NULL REFERENCES organization,
    writer       bytea NOT NULL CHECK (length(writer) = 16),
    role         text NOT NULL REFERENCES device,
    seq          bigint NOT NULL DEFAULT 0,
    hash         bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    position     bigint NOT NULL DEFAULT 0,  -- of its latest push
    announced    bigint NOT NULL DEFAULT 0,  -- how far its device said it reaches
    public_key   bytea,  -- Ed25519; checked by the devices. NULL: handed on by another device
    signature    bytea,  -- over organization, writer, seq and hash
    PRIMARY KEY (organization, writer)
);
CREATE INDEX IF NOT EXISTS writer_by_position ON writer (organization, position);
CREATE INDEX IF NOT EXISTS writer_of_device ON writer (role);

CREATE TABLE IF NOT EXISTS record (
    organization bytea NOT NULL,
    writer       bytea NOT NULL,
    seq          bigint NOT NULL,
    record       bytea NOT NULL,
    PRIMARY KEY (organization, writer, seq)
);

-- One row a push, in the order in which the organization's devices see them. Each row's hash
-- follows from the one before: a hub that was restored and went on is told from the one it was.
-- A change of clients' names is a row, too, without a writer ('') and records (1 to 0): otherwise
-- a restored hub could lose an erasure and nobody would notice.
CREATE TABLE IF NOT EXISTS feed (
    organization bytea NOT NULL,
    position     bigint NOT NULL,
    hash         bytea NOT NULL,
    writer       bytea NOT NULL,
    first_seq    bigint NOT NULL,
    last_seq     bigint NOT NULL,
    previous     bytea NOT NULL,  -- the writer's hash before first_seq
    signature    bytea,           -- over the writer's head after last_seq
    PRIMARY KEY (organization, position)
);
CREATE INDEX IF NOT EXISTS feed_of_writer ON feed (organization, writer, first_seq);

-- Names of persons, outside the journal so that they can be erased: then the name is empty.
CREATE TABLE IF NOT EXISTS client (
    organization bytea NOT NULL,
    ref          text NOT NULL CHECK (ref ~ '^client-[0-9a-f]{32}$'),
    name         text NOT NULL CHECK (length(name) <= 500),  -- as the stations' limit
    position     bigint NOT NULL,
    PRIMARY KEY (organization, ref)
);
CREATE INDEX IF NOT EXISTS client_by_position ON client (organization, position);

-- What devices have of others and the hub has not any more: it was restored, and their author did
-- not come back yet. For who runs the hub; what is there again does not count.
CREATE TABLE IF NOT EXISTS lost (
    organization bytea NOT NULL,
    writer       bytea NOT NULL,
    seq          bigint NOT NULL,  -- up to this one
    role         text NOT NULL REFERENCES device,  -- who has them
    PRIMARY KEY (organization, writer)
);

CREATE TABLE IF NOT EXISTS alarm (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization bytea NOT NULL,
    role         text NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    what         text NOT NULL
);

-- The device that calls. Errors of the class UT are answers that the program knows.
CREATE OR REPLACE FUNCTION caller() RETURNS device
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
DECLARE
    found device;
BEGIN
    SELECT * INTO found FROM device WHERE role = session_user;
    IF found.role IS NULL OR found.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'this device is not enrolled' USING ERRCODE = 'UT001';
    END IF;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION raise_alarm(device device, words text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
    INSERT INTO alarm (organization, role, what) SELECT device.organization, device.role, words
    WHERE NOT EXISTS (SELECT FROM alarm WHERE alarm.role = device.role AND alarm.what = words
                      AND alarm.at > now() - interval '1 day')
$$;

-- Says who is there, and hears how far the device's own writer reaches.
CREATE OR REPLACE FUNCTION hello(own_writer bytea, own_seq bigint, read_to bigint,
    OUT protocol_min integer, OUT protocol_max integer, OUT organization bytea, OUT device text,
    OUT now_ms bigint, OUT feed_position bigint, OUT feed_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
#variable_conflict use_column
DECLARE
    c CONSTANT device := caller();
BEGIN
    UPDATE device d SET seen_at = clock_timestamp(), position = greatest(read_to, 0)
        WHERE d.role = c.role;
    IF length(own_writer) = 16 AND own_seq > 0 THEN
        INSERT INTO writer AS w (organization, writer, role, announced)
            VALUES (c.organization, own_writer, c.role, own_seq)
            ON CONFLICT (organization, writer) DO UPDATE SET announced = excluded.announced
            WHERE w.role = excluded.role AND w.announced < excluded.announced;
    END IF;
    SELECT 1, 1, c.organization, c.name, (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
           o.position, o.hash
        INTO protocol_min, protocol_max, organization, device, now_ms, feed_position, feed_hash
        FROM organization o WHERE o.id = c.organization;
END $$;

-- Adds records that continue a writer's. The answer is ok, gap, fork, foreign, version or limit,
-- with what the hub has now. Pushing the same again is ok and adds nothing.
CREATE OR REPLACE FUNCTION push(protocol integer, pushed bytea, first_seq bigint,
    previous bytea, records bytea[], key bytea, signed bytea,
    OUT answer text, OUT seq bigint, OUT hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
#variable_conflict use_column
DECLARE
    c device := caller();
    has writer;
    count CONSTANT bigint := coalesce(cardinality(records), 0);
    known bigint;
    h bytea;
    i bigint;
    at bigint;
    feed_hash bytea;
    hour_now CONSTANT timestamptz := date_trunc('hour', clock_timestamp());
BEGIN
    seq := 0;
    hash := decode(repeat('00', 32), 'hex');
    IF protocol <> 1 THEN answer := 'version'; RETURN; END IF;
    IF count > 2000 OR count = 0 OR length(pushed) <> 16 OR first_seq < 1 OR length(previous) <> 32
        OR length(key) <> 32 OR length(signed) <> 64 OR (key IS NULL) <> (signed IS NULL)
        OR (SELECT max(length(r)) > 65536 OR sum(length(r)) > 16777216 OR bool_or(r IS NULL)
            FROM unnest(records) r) THEN
        answer := 'limit';
        RETURN;
    END IF;

    -- Always the device first, then its writer, then the feed: calls of one device at once must
    -- not wait for each other in a circle.
    PERFORM FROM device d WHERE d.role = c.role FOR NO KEY UPDATE;
    INSERT INTO writer (organization, writer, role) VALUES (c.organization, pushed, c.role)
        ON CONFLICT DO NOTHING;
    SELECT * INTO has FROM writer w
        WHERE w.organization = c.organization AND w.writer = pushed FOR UPDATE;
    seq := has.seq;
    hash := has.hash;
    -- A device that lost its key goes on under a new writer, as a copy does.
    IF has.role <> c.role OR has.seq > 0 AND has.public_key IS DISTINCT FROM key THEN
        PERFORM raise_alarm(c, 'it wrote under the name of another device''s database: '
                            || left(encode(pushed, 'hex'), 8));
        answer := 'foreign';
        RETURN;
    END IF;
    IF first_seq > has.seq + 1 THEN answer := 'gap'; RETURN; END IF;

    known := least(has.seq - first_seq + 1, count);
    IF (known = 0 AND previous <> has.hash)
        OR EXISTS (SELECT FROM unnest(records[1:known]) WITH ORDINALITY AS u (bytes, n)
                   JOIN record r ON r.organization = c.organization AND r.writer = pushed
                        AND r.seq = first_seq + n - 1
                   WHERE r.record <> u.bytes) THEN
        PERFORM raise_alarm(c, 'its database was copied, and both went on: '
                            || left(encode(pushed, 'hex'), 8));
        answer := 'fork';
        RETURN;
    END IF;
    answer := 'ok';
    IF known = count THEN RETURN; END IF;

    UPDATE device d SET hour = hour_now,
            events = CASE WHEN d.hour = hour_now THEN d.events ELSE 0 END + count - known
        WHERE d.role = c.role RETURNING * INTO c;
    IF c.events > c.events_an_hour AND c.events > count THEN
        UPDATE device d SET events = d.events - (count - known) WHERE d.role = c.role;
        PERFORM raise_alarm(c, 'it pushed more than it may in an hour');
        answer := 'limit';
        RETURN;
    END IF;

    h := has.hash;
    FOR i IN known + 1 .. count LOOP
        h := sha256(h || records[i]);
    END LOOP;
    INSERT INTO record (organization, writer, seq, record)
        SELECT c.organization, pushed, first_seq + known + n - 1, bytes
        FROM unnest(records[known + 1:]) WITH ORDINALITY AS u (bytes, n);
    seq := first_seq + count - 1;
    hash := h;

    UPDATE organization o SET position = o.position + 1,
            hash = sha256(o.hash || pushed || int8send(seq) || h)
        WHERE o.id = c.organization RETURNING o.position, o.hash INTO at, feed_hash;
    INSERT INTO feed
        VALUES (c.organization, at, feed_hash, pushed, first_seq + known, seq, has.hash, signed);
    UPDATE writer w SET seq = push.seq, hash = h, position = at,
            announced = greatest(w.announced, push.seq),
            public_key = key, signature = signed
        WHERE w.organization = c.organization AND w.writer = pushed;
END $$;

-- The feed after a position, in its order: at least one row when there is one, and as many as have
-- `events` records. The caller has those of the writer `known` up to `known_seq`: such rows come
-- without records; those of names come without a writer. One row of NULLs: there is no such position with that hash, the hub was restored.
CREATE OR REPLACE FUNCTION pull(protocol integer, after_position bigint, after_hash bytea,
    events bigint, known bytea, known_seq bigint)
RETURNS TABLE (feed_position bigint, feed_hash bytea, writer bytea, first_seq bigint,
               previous bytea, records bytea[], public_key bytea, signature bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
#variable_conflict use_column
DECLARE
    c CONSTANT device := caller();
BEGIN
    IF protocol <> 1 THEN
        RAISE EXCEPTION 'this hub speaks protocol 1' USING ERRCODE = 'UT002';
    END IF;
    IF after_position <> 0 AND NOT EXISTS (
        SELECT FROM feed f WHERE f.organization = c.organization AND f.position = after_position
                             AND f.hash = after_hash) THEN
        RETURN NEXT;
        RETURN;
    END IF;
    UPDATE device d SET position = after_position
        WHERE d.role = c.role AND d.position < after_position;
    RETURN QUERY
        SELECT f.position, f.hash, f.writer, f.first_seq, f.previous,
               CASE WHEN f.writer = known AND f.last_seq <= known_seq THEN '{}'::bytea[]
               ELSE (SELECT array_agg(r.record ORDER BY r.seq) FROM record r
                     WHERE r.organization = c.organization AND r.writer = f.writer
                       AND r.seq BETWEEN f.first_seq AND f.last_seq) END,
               (SELECT w.public_key FROM writer w
                WHERE w.organization = c.organization AND w.writer = f.writer), f.signature
        FROM (SELECT next.*, sum(next.last_seq - next.first_seq + 1) OVER (ORDER BY next.position)
                         AS running
              FROM (SELECT * FROM feed x
                    WHERE x.organization = c.organization AND x.position > after_position
                    ORDER BY x.position LIMIT least(greatest(events, 1), 10000)) next) f
        WHERE f.running <= least(events, 10000) OR f.position = after_position + 1
        ORDER BY f.position;
END $$;

-- The push of which that record of the writer is part: to fill a hole.
CREATE OR REPLACE FUNCTION segment(wanted bytea, wanted_seq bigint,
    OUT first_seq bigint, OUT previous bytea, OUT records bytea[], OUT public_key bytea,
    OUT signature bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
    SELECT f.first_seq, f.previous,
           (SELECT array_agg(r.record ORDER BY r.seq) FROM unitrail.record r
            WHERE r.organization = f.organization AND r.writer = f.writer
              AND r.seq BETWEEN f.first_seq AND f.last_seq),
           (SELECT w.public_key FROM unitrail.writer w
            WHERE w.organization = f.organization AND w.writer = f.writer), f.signature
    FROM unitrail.caller() c
    JOIN unitrail.feed f ON f.organization = c.organization AND f.writer = wanted
         AND f.first_seq <= wanted_seq
    ORDER BY f.first_seq DESC LIMIT 1
$$;

-- What the writers' heads are: of those whose latest push lies after one position and not after the
-- other, and the caller's own.
CREATE OR REPLACE FUNCTION heads(after_position bigint, to_position bigint)
RETURNS TABLE (writer bytea, seq bigint, hash bytea, own boolean, public_key bytea,
               signature bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
    SELECT w.writer, w.seq, w.hash, w.role = c.role, w.public_key, w.signature
    FROM unitrail.caller() c
    JOIN unitrail.writer w ON w.organization = c.organization
    WHERE w.seq > 0 AND (w.position > after_position AND w.position <= to_position
                         OR w.role = c.role)
    ORDER BY w.writer
$$;

-- Names given and erased ('') after the position.
CREATE OR REPLACE FUNCTION client_names(after_position bigint)
RETURNS TABLE (ref text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
    SELECT n.ref, n.name FROM unitrail.caller() c
    JOIN unitrail.client n ON n.organization = c.organization AND n.position > after_position
    ORDER BY n.position, n.ref
$$;

-- A name that is there stays; an erased one stays erased. What changed is a row of the feed, whose
-- hash holds the references only.
CREATE OR REPLACE FUNCTION put_client_names(refs text[], names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
DECLARE
    c CONSTANT device := caller();
    at bigint;
    feed_hash bytea;
BEGIN
    IF cardinality(refs) > 2000 OR cardinality(refs) <> cardinality(names) THEN
        RAISE EXCEPTION 'at most 2000 names at once' USING ERRCODE = 'UT004';
    END IF;
    SELECT o.position + 1, o.hash INTO at, feed_hash
        FROM organization o WHERE o.id = c.organization FOR NO KEY UPDATE;
    WITH changed AS (
        INSERT INTO client AS n (organization, ref, name, position)
            SELECT DISTINCT ON (u.ref) c.organization, u.ref, u.name, at
            FROM unnest(refs, names) AS u (ref, name) ORDER BY u.ref, u.name
            ON CONFLICT (organization, ref) DO UPDATE SET name = '', position = at
            WHERE excluded.name = '' AND n.name <> ''
            RETURNING n.ref, n.name = '' AS erased)
    SELECT sha256(feed_hash || convert_to(string_agg(ref || ' ' || erased, ' ' ORDER BY ref),
                                          'UTF8'))
        INTO feed_hash FROM changed;
    IF feed_hash IS NULL THEN RETURN; END IF;  -- nothing was news
    UPDATE organization SET position = at, hash = feed_hash WHERE id = c.organization;
    INSERT INTO feed VALUES (c.organization, at, feed_hash, '', 1, 0, '', NULL);
END $$;

-- The caller has the writers' records up to there.
CREATE OR REPLACE FUNCTION report_lost(writers bytea[], seqs bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, unitrail, pg_temp AS $$
DECLARE
    c CONSTANT device := caller();
BEGIN
    IF cardinality(writers) > 2000 OR cardinality(writers) <> cardinality(seqs) THEN
        RAISE EXCEPTION 'at most 2000 writers at once' USING ERRCODE = 'UT004';
    END IF;
    INSERT INTO lost AS l
        SELECT c.organization, u.writer, max(u.seq), c.role
        FROM unnest(writers, seqs) AS u (writer, seq)
        LEFT JOIN writer w ON w.organization = c.organization AND w.writer = u.writer
        WHERE length(u.writer) = 16 AND u.seq > coalesce(w.seq, 0)
        GROUP BY u.writer
        ON CONFLICT (organization, writer) DO UPDATE SET seq = excluded.seq, role = excluded.role
        WHERE l.seq < excluded.seq;
END $$;

-- A device may call these, and nothing else.
REVOKE ALL ON ALL TABLES IN SCHEMA unitrail FROM PUBLIC, unitrail_device;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA unitrail FROM PUBLIC, unitrail_device;
GRANT USAGE ON SCHEMA unitrail TO unitrail_device;
GRANT EXECUTE ON FUNCTION hello, push, pull, segment, heads, client_names, put_client_names,
    report_lost TO unitrail_device;
RESET ROLE;

-- What PostgreSQL lets everybody do is not for devices. It holds for this database only, and for
-- all its roles that are no superusers: give the hub a database of its own.
DO $$
DECLARE
    f regprocedure;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO unitrail_device', current_database());
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON LANGUAGE plpgsql, sql TO unitrail_hub;
    REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
             WHERE p.pronamespace = 'pg_catalog'::regnamespace
               AND has_function_privilege('unitrail_device', p.oid, 'EXECUTE')
               AND (p.proname ~ '^(lo_|lo(read|write|creat)|pg_sleep|pg_(try_)?advisory_|pg_notify)'
                    OR p.proname IN ('pg_logical_emit_message', 'pg_export_snapshot',
                                     'query_to_xml', 'cursor_to_xml', 'database_to_xml'))
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END $$;
