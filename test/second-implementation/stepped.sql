-- The worth of outcomes after the clause's deadweight, where that does not come after its cap; each stands over `per`.
create temporary table stepped on commit drop as
select o.*, k.cap, coalesce(k.cap_first, false) as cap_first, c.mode, c.multiple, c.before,
       o.numerator * case when k.cap_first then 100 else 100 - o.anyway end as amount,
       o.denominator * 100 as per
  from outcome o
  join clause k using (seed, clause)
  join contract c using (seed);
