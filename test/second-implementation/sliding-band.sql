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
), quarter as (
  select q.day::date as opens, (q.day + interval '3 months')::date - 1 as last_day
    from generate_series(date '2015-04-01', date '2018-10-01', interval '3 months') q (day)
), settled as (
  select a.seed, a.clause, a.measure, case when a.measure ->> 'cohorts' = 'together' then '*' else a.cohort end as cohort,
         q.last_day as outcome_on, a.counted
    from answered a
    join quarter q on a.outcome_on between q.opens and q.last_day
   where a.measure ->> 'over' = 'period'
  union all
  select a.seed, a.clause, a.measure, case when a.measure ->> 'cohorts' = 'together' then '*' else a.cohort end,
         max(w.closes) over (partition by a.seed, a.clause, case when a.measure ->> 'cohorts' = 'together' then '*' else a.cohort end),
         a.counted
    from answered a
    join contract c on c.seed = a.seed
   cross join lateral (
     select max(((i.intake ->> 'closesOn')::date + (t.point ->> 'months')::int * interval '1 month')::date
                + (t.point ->> 'closesDays')::int) as closes
       from jsonb_array_elements(c.terms -> 'cohorts') i (intake),
            jsonb_array_elements(c.terms -> 'metrics' -> 0 -> 'timePoints') t (point)
      where t.point ->> 'id' = a.measure ->> 'timePoint'
        and (a.measure ->> 'cohorts' = 'together' or i.intake ->> 'id' = a.cohort)) w
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
