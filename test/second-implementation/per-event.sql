-- R1: each verified event of one of the named metrics is a claim at the price.
create temporary table outcome on commit drop as
select s.seed, s.clause, s.reference as subject, f."measuredOn" as outcome_on, f.metric || '/' || f.occurrence as occurrence,
       case when s.counts and f.status = 'recorded' then (k.rule ->> 'price')::numeric * 100 else 0 end as numerator,
       1::numeric as denominator, s.anyway
  from stake s
  join clause k using (seed, clause)
  join fact f on f.seed = s.seed and f.reference = s.reference
 where f.status <> 'void' and k.rule -> 'events' ? f.metric;
