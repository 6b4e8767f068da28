-- R9: days or weeks of a spell avoided against what there would have been, over a horizon from the start. What is paid for
-- a period is what it adds to the running total. Units stand over the days of the horizon, and weeks over seven of them.
create temporary table outcome on commit drop as
with term as (
  select k.seed, k.clause, k.rule, c.effects, c.from_end,
         case k.rule ->> 'unit' when 'week' then 7 else 1 end as unit_days,
         k.rule -> 'horizon' as horizon, k.rule -> 'against' as against
    from clause k join contract c using (seed)
), lasting as (
  select s.*, t.rule, t.unit_days, t.against, t.effects, p.attributes,
         (s.started_on + e.ahead + coalesce((t.horizon ->> 'months')::int, 0) * interval '1 month')::date - e.ahead
           + coalesce((t.horizon ->> 'weeks')::int, 0) * 7 + coalesce((t.horizon ->> 'days')::int, 0) as horizon_ends
    from stake s
    join term t using (seed, clause)
    join person p using (seed, reference)
   cross join lateral (select (t.from_end and extract(day from s.started_on + 1) = 1)::int as ahead) e
), compared as (
  select l.*,
         case when l.exited_on < l.horizon_ends then l.exited_on end as left_on,
         case l.against ->> 'type'
           when 'fixed' then (l.against ->> 'units')::numeric
           when 'attribute' then (l.attributes ->> (l.against ->> 'attribute'))::numeric
           else (select e.value
                   from jsonb_to_recordset(l.effects) as e (cohort text, "signedOn" date, version int, value numeric)
                  where e.cohort in (l.cohort, '*')
                  order by e.cohort = '*', e."signedOn" desc, e.version desc
                  limit 1)
         end as expected
    from lasting l
), counting as ( -- whoever leaves on the day of the start still has that day
  select c.*,
         case when c.rule ->> 'exits' = 'stop-counting' and c.left_on is not null
              then greatest(c.left_on, c.started_on + 1) else c.horizon_ends end as counted_to
    from compared c
), slice as (
  select c.*, c.counted_to as slice_ends from counting c where c.rule ->> 'accrue' = 'at-horizon'
  union all
  select c.*, least(q.ends, c.counted_to)
    from counting c
    join period q on q.seed = c.seed and q.opens < c.counted_to and c.started_on < q.ends
   where c.rule ->> 'accrue' = 'each-period'
), days as ( -- every day once, however many records tell of it; none after leaving, where the rest counts as avoided
  select s.seed, s.clause, s.reference, s.slice_ends,
         range_agg(daterange(f."measuredOn", f."endedOn")
                   * daterange(s.started_on,
                               case when s.rule ->> 'exits' = 'count-as-avoided' then least(s.slice_ends, s.left_on)
                                    else s.slice_ends end)) as had
    from slice s
    join fact f on f.seed = s.seed and f.reference = s.reference and f.metric = s.rule ->> 'metric'
   where f.status = 'recorded'
   group by s.seed, s.clause, s.reference, s.slice_ends
), had as (
  select s.*, (select coalesce(sum(upper(r.span) - lower(r.span)), 0) from unnest(d.had) r (span)) as had
    from slice s left join days d using (seed, clause, reference, slice_ends)
), avoided as ( -- over the days of the horizon and of a unit
  select h.*,
         (h.horizon_ends - h.started_on) * h.unit_days as parts,
         h.expected * (h.slice_ends - h.started_on) * h.unit_days - h.had * (h.horizon_ends - h.started_on) as avoided
    from had h
), total as (
  select a.*,
         case when a.rule ->> 'partUnits' = 'whole' then div(floored.avoided, a.parts) * a.parts else floored.avoided end as paid
    from avoided a
   cross join lateral (select case when a.rule ->> 'count' = 'floored' then greatest(a.avoided, 0) else a.avoided end as avoided) floored
)
select t.seed, t.clause, t.reference as subject, t.slice_ends - 1 as outcome_on, t.slice_ends::text as occurrence,
       case when t.counts and t.expected is not null and not (t.rule ->> 'exits' = 'exclude' and t.left_on is not null)
            then (t.paid - lag(t.paid, 1, 0::numeric) over (partition by t.seed, t.clause, t.reference order by t.slice_ends))
                 * (t.rule ->> 'rate')::numeric * 100
            else 0 end as numerator,
       t.parts::numeric as denominator, t.anyway
  from total t;
