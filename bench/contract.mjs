// Builds a contract of any size by set-based SQL: terms in force, enrolments, and three measurements for each
// participant, most of them inside their windows. The same numbers every time.

/** The terms of the bench: R4 at 6 and 18 months, a cap that is counted and never reached, two payers. */
export const TERMS = {
  format: 'outturn-terms/1',
  title: 'Bench (synthetic)',
  standing: 'illustrative',
  sources: [],
  currency: 'GBP',
  effective: { from: '2015-04-01', to: '2019-04-01' },
  unitKind: 'person',
  parties: [
    { id: 'provider', name: 'Provider', role: 'provider' },
    { id: 'council', name: 'Council', role: 'commissioner' },
    { id: 'fund', name: 'Fund', role: 'top-up-fund' },
  ],
  population: {
    description: 'Synthetic people',
    maximum: 100_000_000,
    attributes: { age: { type: 'number', label: 'Age', min: 18, max: 115 } },
    eligibility: { attribute: 'age', min: 50 },
  },
  cohorts: [{ id: 'all', label: 'All', opensOn: '2015-04-01', closesOn: '2017-03-31' }],
  metrics: [
    {
      id: 'ucla',
      kind: 'score',
      label: 'UCLA',
      paid: true,
      instrument: 'ucla-3',
      baseline: 'baseline',
      timePoints: [
        { id: 'baseline', label: 'Baseline', months: 0, opensDays: -28, closesDays: 14 },
        { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
        { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 },
      ],
      choose: 'first',
      outsideWindow: 'refuse',
    },
  ],
  comparison: { method: 'own-baseline', deadweightPercent: '0%' },
  clauses: [
    {
      id: '4.1',
      title: 'Reduction of loneliness',
      rule: {
        type: 'R4',
        metric: 'ucla',
        rate: '660.00',
        count: 'floored',
        timePoints: ['6m', '18m'],
        waves: 'increment',
      },
      modifiers: [],
      verifiedBy: 'provider',
      examples: [],
    },
  ],
  caps: [{ id: 'limit', scope: 'contract', amount: '99999999999.00' }],
  split: {
    type: 'S1',
    shares: [
      { payer: 'council', share: '445/720' },
      { payer: 'fund', share: '275/720' },
    ],
  },
  periods: { type: 'list', periods: [{ id: 'all', from: '2015-04-01', to: '2019-01-01' }] },
  plan: [],
  review: { days: 20, samplePercent: 5 },
  rounding: {
    mode: 'half-up',
    stage: 'line',
    remainder: 'largest-remainder',
    months: 'corresponding-date',
  },
};

/** So many clauses like the one of the terms, each with a rate of its own. */
const clausesOf = (count) =>
  Array.from({ length: count }, (_, index) => {
    const [clause] = TERMS.clauses;
    const rate = `${660 + index}.00`;
    return { ...clause, id: `4.${index + 1}`, rule: { ...clause.rule, rate } };
  });

/** The contract with so many participants, and with so many clauses; gives its ids. */
export async function buildContract(client, participants, clauses = 1, name = 'bench') {
  const code = `${name}-${participants}-${clauses}`;
  const terms = JSON.stringify({ ...TERMS, code, clauses: clausesOf(clauses) });
  const { rows } = await client.query(
    `with who as (
       insert into person (id, email, name) values (gen_random_uuid(), $1 || '@bench.invalid', 'Bench')
       returning id
     ), made as (
       insert into contract (id, code, title, state, created_by)
       select gen_random_uuid(), $1, 'Bench (synthetic)', 'active', id from who returning id, created_by
     ), joined as (
       insert into membership (contract_id, person_id, party, role, granted_by)
       select id, created_by, 'council', 'commissioner', created_by from made
     )
     select id as contract_id, created_by as person_id from made`,
    [code],
  );
  const { contract_id: contractId, person_id: personId } = rows[0];
  // no audit entry tells of what the bench begins with
  await client.query('set session_replication_role = replica');
  await client.query(
    `insert into terms_version (contract_id, number, state, document, document_hash, source, effective_from, reason,
                                written_by, activated_at, recorded_seq)
     values ($1, 1, 'active', $2::text::jsonb, sha256(convert_to($2::text, 'UTF8')), $2::text, '2015-04-01', 'first', $3, now(), 0)`,
    [contractId, terms, personId],
  );
  await client.query('set session_replication_role = origin');
  await client.query(
    `insert into participant (contract_id, reference)
     select $1, 'P' || lpad(i::text, 8, '0') from generate_series(1, $2::int) i`,
    [contractId, participants],
  );
  await client.query(
    `insert into enrolment (participant_id, version, cohort, started_on, attributes, recorded_seq)
     select id, 1, 'all', date '2015-04-01' + (hashint8(id) & 511), jsonb_build_object('age', 50 + (hashint8(id) & 31)), 0
       from participant where contract_id = $1 order by id`,
    [contractId],
  );
  await client.query(MEASUREMENTS, [contractId]);
  for (const table of ['participant', 'enrolment', 'measurement'])
    await client.query(`vacuum (analyze, freeze) ${table}`);
  return { contractId, personId, code };
}

// scores of 3 to 9; one follow-up in sixteen lies outside its window
const MEASUREMENTS = `
  insert into measurement (participant_id, metric, occurrence, version, measured_on, status, value, recorded_seq)
  select e.participant_id, 'ucla', t.occurrence, 1, (e.started_on + t.months * interval '1 month')::date + t.days,
         'recorded', t.value, 0
    from enrolment e
    join participant p on p.id = e.participant_id and p.contract_id = $1
   cross join lateral (select hashint8(p.id * 3 + 1) & 65535 as a, hashint8(p.id * 5 + 2) & 65535 as b,
                              hashint8(p.id * 7 + 3) & 65535 as c) h
   cross join lateral (values
     ('18m', 18, case when h.c % 16 = 0 then 60 else (h.c % 61) - 30 end, 3 + (h.c % 7)),
     ('6m', 6, case when h.b % 16 = 0 then 45 else (h.b % 51) - 25 end, 3 + (h.b % 7)),
     ('baseline', 0, h.a % 10, 5 + (h.a % 5))) t (occurrence, months, days, value)
   order by e.participant_id, t.occurrence`;
