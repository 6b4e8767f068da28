-- R4: improvement in points at a rate, several time points combined as the terms say. A time point whose window is
-- still open and holds nothing is not due. Amounts stand over the number of time points, for the sake of the average.
create temporary table outcome on commit drop as
with wave as (
  select s.seed, s.clause, s.reference, s.counts, s.anyway, d.outcome_on, d.point, n.place, d.measured_on, d.closes,
         jsonb_array_length(k.rule -> 'timePoints') as many,
         k.rule ->> 'count' = 'floored' as floored,
         k.rule ->> 'waves' as waves,
         (k.rule ->> 'rate')::numeric * 100 as rate,
         least(d.improvement, (k.rule ->> 'maxPoints')::numeric) as points
    from stake s
    join clause k using (seed, clause)
   cross join lateral jsonb_array_elements_text(k.rule -> 'timePoints') with ordinality n (point, place)
    join change d on d.seed = s.seed and d.reference = s.reference and d.point = n.point
), known as ( -- least() passes over nulls, so that nothing but the cap would be left of what is not known
  select w.*, case when d.improvement is null then null else w.points end as improved
    from wave w join change d on d.seed = w.seed and d.reference = w.reference and d.point = w.point
), seen as (
  select k.*,
         lag(improved) over sequence as before,
         max(greatest(improved, 0)) over (sequence rows between unbounded preceding and 1 preceding) as best_before
    from known k
   where improved is not null
  window sequence as (partition by seed, clause, reference order by place)
), mean as (
  select seed, clause, reference, sum(case when floored then greatest(improved, 0) else improved end) as total
    from seen
   group by seed, clause, reference
), paid as (
  select s.*,
         case waves
           when 'independent' then improved * many
           when 'increment' then (improved - case when floored then coalesce(best_before, 0) else coalesce(before, 0) end) * many
           when 'held' then case when before > 0 and improved < before then 0 else improved * many end
           when 'average' then case when place = many then m.total else 0 end
           when 'last' then case when place = many then improved * many else 0 end
         end as points_by_many
    from seen s join mean m using (seed, clause, reference)
)
select k.seed, k.clause, k.reference as subject, k.outcome_on, k.point as occurrence,
       case when not k.counts or p.points_by_many is null then 0
            when k.floored then greatest(p.points_by_many, 0) * k.rate
            else p.points_by_many * k.rate end as numerator,
       k.many::numeric as denominator, k.anyway
  from known k
  left join paid p using (seed, clause, reference, place)
  join contract c using (seed)
 where k.measured_on is not null or k.closes < c.before;
