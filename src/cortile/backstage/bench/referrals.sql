-- Invented referrals of requests in turn, two thirds of them ended, each to a service in turn: always the same for the same number.
INSERT INTO referrals_referral (agency_id, number, thread_id, person_id, service_id, why_parent, need, notes, fields, shared, basis,
    notice, why_urgent, state, ball, next_date, check_on, waits_since, sent_at, sent_by_id, sent_by_name, sent_to, first_answer_at,
    accepted_for, decline_reason, decline_words, outcome_asked_at, service_outcome, person_outcome, closed_at)
SELECT t.agency_id, 20000000 + g, t.id, t.person_id, s.id, '', 'Compiti', '', ARRAY['name', 'need'],
    '{"name": "Prova", "need": "Compiti"}', 'public_task', 'Gliel''abbiamo detto.', '', said.state, said.ball,
    CASE WHEN said.ended THEN NULL ELSE current_date + (g %% 7)::int END, (at.sent + interval '9 days')::date, at.sent::date,
    at.sent, t.owner_id, 'bench', 'ente@prova.invalid',
    CASE WHEN said.state <> 'received' THEN at.sent + make_interval(days => 1 + (g %% 9)::int) END,
    CASE WHEN said.state IN ('accepted', 'completed', 'failed') THEN (at.sent + interval '9 days')::date END,
    CASE WHEN said.state = 'rejected' THEN 'full' ELSE '' END, '', CASE WHEN said.ended THEN at.sent + interval '15 days' END,
    said.outcome, said.outcome, CASE WHEN said.ended THEN at.sent + interval '20 days' END
FROM generate_series(%(first)s + 1, %(last)s) g
JOIN (SELECT id, agency_id, person_id, owner_id, row_number() OVER (ORDER BY id) AS k, count(*) OVER () AS many
      FROM listening_thread WHERE number >= 10000000) t ON t.k = 1 + g %% t.many
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS k, count(*) OVER () AS many FROM directory_service) s
    ON s.k = 1 + (g + g / t.many) %% s.many
CROSS JOIN LATERAL (SELECT now() - make_interval(days => 30 + (g %% 320)::int) AS sent) at
CROSS JOIN LATERAL (SELECT * FROM (VALUES
    (0, 'completed', 'us', 'met', true), (1, 'completed', 'us', 'met', true), (2, 'completed', 'us', 'partly', true),
    (3, 'failed', 'us', 'no', true), (4, 'completed', 'us', 'met', true), (5, 'completed', 'us', 'met', true),
    (6, 'rejected', 'us', '', false), (7, 'received', 'service', '', false), (8, 'accepted', 'service', '', false)
) v(turn, state, ball, outcome, ended) WHERE v.turn = g %% 9) said;
