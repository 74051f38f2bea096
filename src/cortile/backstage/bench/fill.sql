-- A whole body for `bench web`: quarters, people with their search tokens, requests with their promise and two lines.
-- Statements are parted by lines of dashes; the named values are the bounds of a stage. Run as the owner.

INSERT INTO homes_neighbourhood (agency_id, name, municipality, aliases)
SELECT a.id, 'Quartiere ' || lpad(g::text, 2, '0'), 'Milano', '[]'
FROM agencies_agency a, generate_series(1, 19) g WHERE a.code = 'aler-milano'
ON CONFLICT DO NOTHING
-----
INSERT INTO homes_building (agency_id, neighbourhood_id, code, street, number, municipality, has_lift)
SELECT n.agency_id, n.id, 'B' || n.id || '-' || g, 'Via Inventata ' || n.id, g::text, 'Milano', g %% 2 = 0
FROM homes_neighbourhood n JOIN agencies_agency a ON a.id = n.agency_id AND a.code = 'aler-milano', generate_series(1, 40) g
WHERE n.name = 'San Siro' OR n.name LIKE 'Quartiere %%'
ON CONFLICT DO NOTHING
-----
INSERT INTO homes_stair (building_id, name)
SELECT b.id, s FROM homes_building b, unnest(ARRAY['A', 'B', 'C', 'D']) s WHERE b.code LIKE 'B%%'
ON CONFLICT DO NOTHING
-----
CREATE TEMP TABLE bench_stair AS
SELECT row_number() OVER (ORDER BY md5(s.id::text)) - 1 AS k, s.id, b.neighbourhood_id, b.agency_id
FROM homes_stair s JOIN homes_building b ON b.id = s.building_id WHERE b.code LIKE 'B%%'
-----
CREATE TEMP TABLE bench_person AS
SELECT g, st.id AS stair_id, st.neighbourhood_id, st.agency_id, gi.name AS given_name, fa.name AS family_name
FROM generate_series(%(first_person)s::int, %(last_person)s::int) g
JOIN bench_stair st ON st.k = g %% (SELECT count(*) FROM bench_stair)
JOIN bench_given gi ON gi.k = (g::bigint * 7919) %% (SELECT count(*) FROM bench_given)
JOIN bench_family fa ON fa.k = (g::bigint * 104729) %% (SELECT count(*) FROM bench_family)
-----
INSERT INTO people_person (agency_id, code, given_name, family_name, birth_date, fiscal_code, card_number, language,
    needs_interpreter, floor, only_in_person, discreet, state, registered_at, home_neighbourhood_id, home_stair_id)
SELECT agency_id, 'X' || g, given_name, family_name, DATE '1940-01-01' + (g %% 25000), '', '9' || lpad(g::text, 7, '0'),
    CASE WHEN g %% 5 = 0 THEN 'ar' ELSE 'it' END, false, (g %% 6)::text, false, false, 'active', now(), neighbourhood_id, stair_id
FROM bench_person
-----
INSERT INTO people_contactpoint (agency_id, person_id, kind, value, shared, safe, "when")
SELECT agency_id, id, 'mobile', '3' || lpad((id %% 100)::text, 2, '0') || ' 000 ' || lpad((id %% 10000)::text, 4, '0'), false, true, ''
FROM people_person WHERE code LIKE 'X%%' AND substring(code FROM 2)::int BETWEEN %(first_person)s AND %(last_person)s
-----
INSERT INTO people_searchtoken (agency_id, token, person_id)
SELECT p.agency_id, t.token, p.id FROM people_person p JOIN bench_token t ON t.word = p.given_name
WHERE p.code LIKE 'X%%' AND substring(p.code FROM 2)::int BETWEEN %(first_person)s AND %(last_person)s
UNION
SELECT p.agency_id, t.token, p.id FROM people_person p JOIN bench_token t ON t.word = p.family_name
WHERE p.code LIKE 'X%%' AND substring(p.code FROM 2)::int BETWEEN %(first_person)s AND %(last_person)s
ORDER BY 1, 2
-----
CREATE TEMP TABLE bench_of AS
SELECT row_number() OVER (ORDER BY md5(id::text)) - 1 AS k, id, agency_id, home_neighbourhood_id, language
FROM people_person WHERE code LIKE 'X%%'
-----
CREATE TEMP TABLE bench_thread AS
SELECT g, o.id AS person_id, o.agency_id, o.home_neighbourhood_id, g %% 20 = 0 AS open,
    now() - make_interval(days => 2 + CASE WHEN g %% 20 = 0 THEN g %% 9 ELSE g %% 540 END, mins => g %% 600) AS opened_at,
    CASE WHEN n.name = 'San Siro' THEN (ARRAY['marta', 'giulia'])[1 + (g / 20) %% 2]
         ELSE (ARRAY['bruno', 'elisa', 'nadia', 'omar', 'chiara'])[1 + g %% 5] END AS owner
FROM generate_series(%(first_thread)s::int, %(last_thread)s::int) g
JOIN bench_of o ON o.k = (g::bigint * 7919) %% (SELECT count(*) FROM bench_of)
JOIN homes_neighbourhood n ON n.id = o.home_neighbourhood_id
-----
INSERT INTO listening_thread (agency_id, number, person_id, neighbourhood_id, chip, nature, topic, title, urgency, channel,
    answer_by, state, ball, owner_id, next_date, first_promise, first_answer_at, opened_at, closed_at, outcome, delicate,
    only_in_person, maintenance_number)
SELECT t.agency_id, 10000000 + g, person_id, home_neighbourhood_id, 'faults', 'technical', 'broken', 'Richiesta ' || g, 'normal',
    'app', 'phone', CASE WHEN open THEN (ARRAY['received', 'with_us', 'waiting_you'])[1 + (g / 20) %% 3] ELSE 'closed' END,
    CASE WHEN open AND (g / 20) %% 3 = 2 THEN 'you' ELSE 'us' END, s.id,
    CASE WHEN open THEN current_date + (g %% 7) END, (opened_at + interval '3 days')::date, opened_at + interval '1 day', opened_at,
    CASE WHEN NOT open THEN opened_at + interval '1 day' END, CASE WHEN open THEN '' ELSE 'solved' END, false, false, ''
FROM bench_thread t JOIN agencies_staff s ON s.email = t.owner || '@aler-milano.example'
-----
INSERT INTO listening_promise (agency_id, thread_id, kind, date, made_at, by_name, reason, said_by)
SELECT agency_id, id, 'answer', first_promise, opened_at, 'bench', '', '' FROM listening_thread
WHERE number BETWEEN 10000000 + %(first_thread)s AND 10000000 + %(last_thread)s
-----
INSERT INTO listening_entry (agency_id, thread_id, kind, public, at, author_kind, author_id, author_name, text, language, data)
SELECT t.agency_id, t.id, k, true, t.opened_at + make_interval(hours => CASE WHEN k = 'opened' THEN 0 ELSE 20 END), 'staff', t.owner_id, 'bench',
    'Una riga di prova, lunga come quelle che si scrivono davvero.', 'it', '{}'
FROM listening_thread t, unnest(ARRAY['opened', 'said']) k
WHERE t.number BETWEEN 10000000 + %(first_thread)s AND 10000000 + %(last_thread)s
-----
DROP TABLE bench_stair, bench_person, bench_of, bench_thread
