-- What outcomes come to: the clause's deadweight and its cap per participant in the order of the terms, rounded once for
-- each outcome, and summed for each clause. Earlier outcomes use up the cap first, by what they are worth in whole
-- pennies, and what is taken back gives it room again: used is the running total less the most it ever stood above.
with low as (
  select s.*, div(abs(amount), per * multiple) as low from stepped s
), rounded as (
  select l.*,
         sign(amount) * multiple
           * (low + case mode
                      when 'half-up' then (rest.twice >= per * multiple)::int
                      when 'half-even' then (rest.twice > per * multiple or (rest.twice = per * multiple and mod(low, 2) = 1))::int
                      when 'up' then (rest.twice > 0)::int
                      else 0
                    end) as minor
    from low l
   cross join lateral (select (abs(amount) - low * per * multiple) * 2 as twice) rest
), running as (
  select r.*, sum(minor) over happening as total
    from rounded r
  window happening as (partition by seed, clause, subject order by outcome_on, occurrence collate "C")
), used as (
  select r.*, total - greatest(max(total - cap) over happening, 0) as used
    from running r
  window happening as (partition by seed, clause, subject order by outcome_on, occurrence collate "C")
), exact as ( -- what the room that earlier outcomes leave allows; a clause's deadweight may come after its cap
  select u.*,
         least(amount, (cap - lag(used, 1, 0::numeric) over happening) * per)
           * case when cap_first then 100 - anyway else 100 end as exact
    from used u
  window happening as (partition by seed, clause, subject order by outcome_on, occurrence collate "C")
), whole as (
  select seed, clause, exact, mode, multiple, per * 100 * multiple as per, div(abs(exact), per * 100 * multiple) as low
    from exact
   where outcome_on < before
), posted as (
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
  from posted
 group by seed, clause;
