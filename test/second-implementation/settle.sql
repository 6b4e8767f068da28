-- What outcomes come to: the clause's deadweight and its cap per participant in the order of the terms, rounded once for
-- each outcome, and summed for each clause. Earlier outcomes use up the cap first, and what is taken back gives it room again: what is used
-- is the running total less the most that it ever stood above the cap.
with stepped as (
  select o.*, k.cap, coalesce(k.cap_first, false) as cap_first,
         o.numerator * case when k.cap_first then 100 else 100 - o.anyway end as amount,
         k.cap * o.denominator * 100 as cap_amount
    from outcome o join clause k using (seed, clause)
), running as (
  select s.*, sum(amount) over happening as total
    from stepped s
  window happening as (partition by seed, clause, subject order by outcome_on, occurrence collate "C")
), used as (
  select r.*, total - greatest(max(total - cap_amount) over happening, 0) as used
    from running r
  window happening as (partition by seed, clause, subject order by outcome_on, occurrence collate "C")
), exact as (
  select u.*, (used - lag(used, 1, 0::numeric) over happening) * case when cap_first then 100 - anyway else 100 end as exact
    from used u
  window happening as (partition by seed, clause, subject order by outcome_on, occurrence collate "C")
), whole as (
  select e.*, c.mode, c.multiple, e.denominator * 10000 * c.multiple as per, div(abs(e.exact), e.denominator * 10000 * c.multiple) as low
    from exact e join contract c using (seed)
   where e.outcome_on < c.before
), rounded as (
  select w.*,
         case w.mode
           when 'half-up' then rest.twice >= per
           when 'half-even' then rest.twice > per or (rest.twice = per and mod(low, 2) = 1)
           when 'up' then rest.twice > 0
           else false
         end as up
    from whole w
   cross join lateral (select (abs(w.exact) - w.low * w.per) * 2 as twice) rest
)
select seed, clause, trunc(sum(sign(exact) * (low + up::int) * multiple))::text as minor
  from rounded
 group by seed, clause;
