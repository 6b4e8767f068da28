-- Lays out a batch of contracts, given as JSON in the table batch, in temporary tables: the contracts and what their terms
-- say of money, their people, and for each clause whom it pays for. Each table is analyzed for the sake of the next.
create temporary table contract on commit drop as
select c.seed, c.before, c.terms, c.people, c.effects,
       c.terms -> 'rounding' ->> 'mode' as mode,
       coalesce((c.terms -> 'rounding' ->> 'to')::numeric * 100, 1) as multiple,
       c.terms -> 'rounding' ->> 'months' = 'end-of-month' as from_end
  from batch
 cross join lateral jsonb_to_recordset(batch.contracts) as c (seed int, before date, terms jsonb, people jsonb, effects jsonb);
analyze contract;

-- A clause that says nothing of deadweight has that of the comparison, before its own steps.
create temporary table clause on commit drop as
select c.seed, k.clause ->> 'id' as clause, k.clause -> 'rule' as rule,
       only_for.step -> 'only' as only_for,
       coalesce(anyway.step ->> 'percent', c.terms -> 'comparison' ->> 'deadweightPercent') as anyway,
       coalesce(anyway.step -> 'groups', '[]') as groups,
       (cap.step ->> 'amount')::numeric * 100 as cap,
       cap.place < anyway.place as cap_first
  from contract c
 cross join lateral jsonb_array_elements(c.terms -> 'clauses') k (clause)
  left join lateral (select m.step from jsonb_array_elements(k.clause -> 'modifiers') m (step)
                      where m.step ->> 'type' = 'M1') only_for on true
  left join lateral (select m.step, m.place from jsonb_array_elements(k.clause -> 'modifiers') with ordinality m (step, place)
                      where m.step ->> 'type' = 'M5') anyway on true
  left join lateral (select m.step, m.place from jsonb_array_elements(k.clause -> 'modifiers') with ordinality m (step, place)
                      where m.step ->> 'type' = 'M3') cap on true;
analyze clause;

create temporary table person on commit drop as
select c.seed, p.*
  from contract c
 cross join lateral jsonb_to_recordset(c.people) as p (reference text, cohort text, "startedOn" date, "exitedOn" date,
                                                       attributes jsonb, "exceptionApproved" boolean, facts jsonb);
analyze person;

create temporary table fact on commit drop as
select p.seed, p.reference, f.*
  from person p
 cross join lateral jsonb_to_recordset(p.facts) as f (metric text, occurrence text, "measuredOn" date, "endedOn" date,
                                                      status text, value numeric);
analyze fact;

create temporary table period on commit drop as
select c.seed, p."from" as opens, p."to" as ends
  from contract c
 cross join lateral jsonb_to_recordset(c.terms -> 'periods' -> 'periods') as p ("from" date, "to" date);
analyze period;

-- Every question that terms ask about people: of eligibility, of a clause, of a group with its own deadweight.
create temporary table question on commit drop as
select c.seed, 'served' as about, '' as clause, 0::bigint as place, q.question
  from contract c
 cross join lateral (select c.terms -> 'population' -> 'eligibility' as rule) e
 cross join lateral jsonb_array_elements(coalesce(e.rule -> 'all', e.rule -> 'any', e.rule -> 'of', jsonb_build_array(e.rule))) q (question)
union all
select seed, 'clause', clause, 0, only_for from clause where only_for is not null
union all
select k.seed, 'group', k.clause, g.place, g.entry -> 'only'
  from clause k cross join lateral jsonb_array_elements(k.groups) with ordinality g (entry, place);
analyze question;

-- Who can say yes to which of them; an attribute that was not given says yes to nothing.
create temporary table yes on commit drop as
select q.seed, q.about, q.clause, q.place, p.reference, count(*) as times
  from question q
  join person p on p.seed = q.seed
 cross join lateral (select p.attributes -> (q.question ->> 'attribute') as given) a
 where a.given = q.question -> 'is'
    or q.question -> 'in' @> a.given
    or (jsonb_typeof(a.given) = 'number' and not q.question ?| array['is', 'in']
        and a.given::numeric >= coalesce((q.question ->> 'min')::numeric, a.given::numeric)
        and a.given::numeric <= coalesce((q.question ->> 'max')::numeric, a.given::numeric))
 group by q.seed, q.about, q.clause, q.place, p.reference;
analyze yes;

-- Whom a clause pays for, and what percentage of theirs would have happened anyway: of the first group they are in.
create temporary table stake on commit drop as
select p.seed, k.clause, p.reference, p.cohort, p."startedOn" as started_on, p."exitedOn" as exited_on,
       (p."exceptionApproved" or coalesce(served.times, 0) >= needed.times)
         and (k.only_for is null or asked.times is not null) as counts,
       replace(coalesce(k.groups -> (first.place - 1)::int ->> 'percent', k.anyway), '%', '')::numeric as anyway
  from person p
  join contract c on c.seed = p.seed
  join clause k on k.seed = p.seed
 cross join lateral (select c.terms -> 'population' -> 'eligibility' as rule) e
 cross join lateral (select case when e.rule ? 'all' then jsonb_array_length(e.rule -> 'all')
                                 when e.rule ? 'of' then (e.rule ->> 'atLeast')::int
                                 else 1 end as times) needed
  left join yes served on served.seed = p.seed and served.about = 'served' and served.reference = p.reference
  left join yes asked on asked.seed = p.seed and asked.about = 'clause' and asked.clause = k.clause and asked.reference = p.reference
  left join (select seed, clause, reference, min(place) as place from yes where about = 'group' group by seed, clause, reference) first
    on first.seed = p.seed and first.clause = k.clause and first.reference = p.reference;
analyze stake;

