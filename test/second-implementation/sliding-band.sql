-- R5 on the mean change: nothing up to the floor, everything from the ceiling on, in proportion between, of a maximum or of
-- a price for each who counts. Settled for a cohort when its last window has closed, or in each period for those whose
-- follow-up fell in it.
create temporary table outcome on commit drop as
with asked as (
  select k.seed, k.clause, replace(k.anyway, '%', '')::numeric as anyway, k.rule, k.rule -> 'measure' as measure, c.terms,
         (k.rule ->> 'floor')::numeric as floor, (k.rule ->> 'ceiling')::numeric as ceiling,
         coalesce(k.rule -> 'pays' ->> 'amount', k.rule -> 'pays' ->> 'price')::numeric * 100 as price,
         k.rule -> 'pays' ->> 'by' = 'each' as by_each
    from clause k join contract c using (seed)
), scale (instrument, worst, best) as (
  values ('ucla-3', 9, 3), ('wemwbs', 14, 70), ('swemwbs', 7, 35)
), answered as (
  select a.seed, a.clause, a.measure, d.cohort, d.outcome_on,
         case when d.improvement is not null then d.improvement
              when a.measure ->> 'missing' = 'zero-change' then 0
              when a.measure ->> 'missing' = 'baseline-carried-forward' and d.baseline is not null then 0
              when a.measure ->> 'missing' = 'floor' then -abs(coalesce(d.baseline, scale.best) - scale.worst)
         end as counted
    from asked a
    join change d on d.seed = a.seed and d.point = a.measure ->> 'timePoint'
    join stake s on s.seed = a.seed and s.clause = a.clause and s.reference = d.reference and s.counts
    join scale on scale.instrument = a.terms -> 'metrics' -> 0 ->> 'instrument'
), settled as (
  select a.seed, a.clause, a.measure, case when a.measure ->> 'cohorts' = 'together' then '*' else a.cohort end as cohort,
         q.ends - 1 as outcome_on, a.counted
    from answered a
    join period q on q.seed = a.seed and q.opens <= a.outcome_on and a.outcome_on < q.ends
   where a.measure ->> 'over' = 'period'
  union all
  select a.seed, a.clause, a.measure, case when a.measure ->> 'cohorts' = 'together' then '*' else a.cohort end,
         max(w.closes) over (partition by a.seed, a.clause, case when a.measure ->> 'cohorts' = 'together' then '*' else a.cohort end),
         a.counted
    from answered a
    join contract c on c.seed = a.seed
   cross join lateral (
     select max((i."closesOn" + e.ahead + (t.point ->> 'months')::int * interval '1 month')::date - e.ahead
                + (t.point ->> 'closesDays')::int) as closes
       from jsonb_to_recordset(c.terms -> 'cohorts') as i (id text, "closesOn" date)
      cross join lateral (select (c.from_end and extract(day from i."closesOn" + 1) = 1)::int as ahead) e
      cross join jsonb_array_elements(c.terms -> 'metrics' -> 0 -> 'timePoints') t (point)
      where t.point ->> 'id' = a.measure ->> 'timePoint'
        and (a.measure ->> 'cohorts' = 'together' or i.id = a.cohort)) w
   where a.measure ->> 'over' = 'cohort'
), mean as (
  select seed, clause, cohort, outcome_on, sum(counted) as total, count(counted) as n
    from settled
   group by seed, clause, cohort, outcome_on
)
select m.seed, m.clause, m.cohort as subject, m.outcome_on, m.outcome_on::text as occurrence,
       case when m.total >= a.ceiling * m.n then m.n * (a.ceiling - a.floor)
            else greatest(m.total - a.floor * m.n, 0) end * a.price * case when a.by_each then m.n else 1 end as numerator,
       m.n * (a.ceiling - a.floor) as denominator, a.anyway
  from mean m join asked a using (seed, clause)
 where m.n > 0;
