-- What the loneliness contract should have paid in all, reckoned independently of the engine from the raw measurements.
-- Floored increments over two waves come to the best improvement ever reached inside a window, and never less than nought;
-- at £660.00 a point and at most £2,640.00 for a person. Neither the contract's cap nor the fund's is reached.
with enrolled as (
  select distinct on (p.id) p.id, e.started_on
    from contract c
    join participant p on p.contract_id = c.id
    join enrolment e on e.participant_id = p.id
   where c.code = 'worcestershire-loneliness'
   order by p.id, e.version desc
), latest as (
  select distinct on (m.participant_id, m.occurrence)
         m.participant_id, split_part(m.occurrence, '/', 1) as time_point, m.measured_on, m.status, m.value
    from measurement m
   where m.participant_id in (select id from enrolled) and m.metric = 'ucla'
   order by m.participant_id, m.occurrence, m.version desc
), in_window as (
  select l.participant_id, l.time_point, l.value,
         row_number() over (partition by l.participant_id, l.time_point order by l.measured_on) as attempt
    from latest l
    join enrolled e on e.id = l.participant_id
    join (values ('baseline', interval '0 months', 28, 14), ('6m', interval '6 months', 30, 30),
                 ('18m', interval '18 months', 45, 45)) as w (time_point, months, before, after)
      on w.time_point = l.time_point
   where l.status = 'recorded'
     and l.measured_on between (e.started_on + w.months)::date - w.before and (e.started_on + w.months)::date + w.after
), person as (
  select b.participant_id, b.value - min(f.value) as best
    from in_window b
    join in_window f on f.participant_id = b.participant_id and f.time_point <> 'baseline' and f.attempt = 1
   where b.time_point = 'baseline' and b.attempt = 1
   group by b.participant_id, b.value
)
select count(*) filter (where best > 0) as participants_paid,
       coalesce(sum(least(greatest(best, 0) * 660, 2640)), 0)::numeric(20, 2)::text as total
  from person;
