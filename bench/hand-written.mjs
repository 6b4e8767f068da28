// The yardstick: one INSERT ... SELECT, written by hand for exactly these terms, that writes the same rows as the
// engine does. It knows nothing of other terms, corrections, caps, knowledge dates or earlier computations.

/** A table like the rows of payment_line in every respect: columns, constraints, indexes. */
export const YARDSTICK_TABLE = `
  drop table if exists yardstick_line;
  create table yardstick_line (like payment_line_posted including all)`;

export const HAND_WRITTEN = `
  with person as (
    select p.id, p.reference, e.cohort, e.started_on,
           b.measured_on as b_on, b.value::int as b, six.measured_on as six_on, six.value::int as six,
           eighteen.measured_on as eighteen_on, eighteen.value::int as eighteen
      from participant p
      join enrolment e on e.participant_id = p.id
      join measurement b on b.participant_id = p.id and b.occurrence = 'baseline'
      join measurement six on six.participant_id = p.id and six.occurrence = '6m'
      join measurement eighteen on eighteen.participant_id = p.id and eighteen.occurrence = '18m'
     where p.contract_id = $1
  ), windowed as (
    select *, (started_on + interval '6 months')::date - 30 as six_opens, (started_on + interval '6 months')::date + 30 as six_closes,
           (started_on + interval '18 months')::date - 45 as eighteen_opens, (started_on + interval '18 months')::date + 45 as eighteen_closes
      from person offset 0 -- keeps each date from being worked out again for every use
  ), weighed as (
    select *, six_on between six_opens and six_closes as six_inside,
           eighteen_on between eighteen_opens and eighteen_closes as eighteen_inside
      from windowed offset 0
  ), improved as (
    select *, case when six_inside then greatest(b - six, 0) else 0 end as first_points from weighed offset 0
  ), outcome as (
    select i.id, i.reference, i.cohort, i.b, i.b_on, w.occurrence, w.place, w.measured_on, w.score, w.opens, w.closes,
           w.inside, w.points, w.reason, w.why
      from improved i
     cross join lateral (values
       ('6m', 1, i.six_on, i.six, i.six_opens, i.six_closes, i.six_inside, i.first_points,
        case when not i.six_inside then 'outside-window' when i.first_points = 0 then 'not-improved' end,
        case when i.first_points = 0 then 'not improved' else 'the improvement beyond what was already paid' end),
       ('18m', 2, i.eighteen_on, i.eighteen, i.eighteen_opens, i.eighteen_closes, i.eighteen_inside,
        case when i.eighteen_inside then greatest(i.b - i.eighteen - i.first_points, 0) else 0 end,
        case when not i.eighteen_inside then 'outside-window'
             when i.b - i.eighteen > i.first_points then null
             when i.first_points > 0 then 'no-further-improvement' else 'not-improved' end,
        case when i.b - i.eighteen > i.first_points then 'the improvement beyond what was already paid'
             when i.first_points > 0 then 'no improvement beyond what was already paid' else 'not improved' end))
       w (occurrence, place, measured_on, score, opens, closes, inside, points, reason, why)
  ), numbered as (
    select *, row_number() over (order by id, place) as line_no, points * 66000 as minor from outcome
  )
  insert into yardstick_line
  select $2::uuid, line_no, 1, id, cohort, 1, '4.1', 'ucla', occurrence, 1,
         case when reason is null then 'payment' else 'refusal' end, measured_on, points::text, 'point', 66000, minor, minor, 0,
         jsonb_build_object('council', (minor - fund)::text, 'fund', fund::text), reason,
         jsonb_build_array(jsonb_build_object('step', 'R4', 'before', '0', 'after', minor::text, 'why',
           case when inside then format('%s at £660.00: %s', points, why) else 'nothing payable: it was measured outside its window' end)),
         array['ucla/baseline#1', 'ucla/' || occurrence || '#1'], null,
         format('UCLA %s between %s and %s (window %s to %s)%s: %s (clause 4.1).',
           case when score = b then format('stayed at %s', b)
                else format('%s from %s to %s', case when score < b then 'fell' else 'rose' end, b, score) end,
           b_on, measured_on, opens, closes,
           case when reason is null and points <> b - score then ', counting ' || why else '' end,
           case reason
             when 'outside-window' then 'nothing is payable, because it was measured outside its window'
             when 'not-improved' then 'nothing is payable, because there was no improvement on the baseline'
             when 'no-further-improvement' then 'nothing is payable, because it adds nothing to the improvement already paid'
             else format('%s point%s at £660.00 = £%s', points, case when points = 1 then '' else 's' end,
                         to_char(minor / 100.0, 'FM999,999,990.00')) end)
    from numbered
   cross join lateral (select (minor * 275 / 720
     + case when (minor * 275 % 720) > (minor * 445 % 720) then 1 else 0 end)::bigint as fund) split`;
