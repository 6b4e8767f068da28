-- How scores moved since the baseline, at every time point of every person; for R4 and R5. A month's last day is counted
-- from the first of the next month where it is to become a last day again.
create temporary table moment on commit drop as
with due as (
  select p.seed, p.reference, p.cohort, m.metric, t.point ->> 'id' as point, t.place, w.target,
         w.target + (t.point ->> 'opensDays')::int as opens, w.target + (t.point ->> 'closesDays')::int as closes
    from contract c
   cross join lateral (select c.terms -> 'metrics' -> 0 as metric) m
    join person p on p.seed = c.seed
   cross join lateral jsonb_array_elements(m.metric -> 'timePoints') with ordinality t (point, place)
   cross join lateral (select (c.from_end and extract(day from p."startedOn" + 1) = 1)::int as ahead) e
   cross join lateral (select (p."startedOn" + e.ahead + (t.point ->> 'months')::int * interval '1 month')::date - e.ahead as target) w
), attempt as (
  select seed, reference, split_part(occurrence, '/', 1) as point, occurrence, status, value, "measuredOn" as measured_on
    from fact
   where status <> 'void'
)
select distinct on (d.seed, d.reference, d.place)
       d.*, a.status, a.value, a.measured_on, outside.outside
  from due d
  left join attempt a using (seed, reference, point)
 cross join lateral (select a.measured_on not between d.opens and d.closes as outside) outside
 order by d.seed, d.reference, d.place, a.status <> 'recorded', outside.outside,
          case when d.metric ->> 'choose' = 'nearest' then abs(a.measured_on - d.target) end,
          case when d.metric ->> 'choose' = 'last' then date '2000-01-01' - a.measured_on
               else a.measured_on - date '2000-01-01' end,
          a.occurrence collate "C";
analyze moment;

create temporary table change on commit drop as
with counted as (
  select m.*, coalesce(m.status = 'recorded' and (not m.outside or m.metric ->> 'outsideWindow' = 'pay'), false) as counts
    from moment m
)
select f.seed, f.reference, f.cohort, f.point, f.place, f.closes, f.measured_on, coalesce(f.measured_on, f.closes) as outcome_on,
       case when b.counts then b.value end as baseline,
       case when b.counts and f.counts
            then case f.metric ->> 'instrument' when 'ucla-3' then b.value - f.value else f.value - b.value end end as improvement
  from counted f
  join counted b on b.seed = f.seed and b.reference = f.reference and b.point = f.metric ->> 'baseline';
analyze change;
