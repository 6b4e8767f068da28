// Writes the SYNTHETIC inputs of the illustrative loneliness contract: participants.csv, measurements.csv and
// corrections.csv (what the service learns only later). No real person stands behind any row. Seeded, so that every run
// writes the same bytes: node examples/contracts/worcestershire-loneliness/generate.mjs [folder]
import { addDays, addMonths, toCsv, writeFiles } from '../generator.mjs';

const SEED = 20150401;
const PARTICIPANTS = 3000;
const FIRST_START = '2015-04-01';
const INTAKE_DAYS = 1096; // to 31 March 2018
const LAST_MEASUREMENT = '2019-12-31';
/** What corrections.csv brings concerns measurements taken before this day. */
const CORRECTED_BEFORE = '2017-03-01';

const AREAS = ['Bromsgrove', 'Malvern Hills', 'Redditch', 'Worcester', 'Wychavon', 'Wyre Forest'];
const RISKS = [
  'lives_alone',
  'without_partner',
  'low_income',
  'poor_health',
  'limited_mobility',
  'caring_role',
  'bereaved',
];
const SCREENING = { 5: 5, 6: 31, 7: 30, 8: 21, 9: 13 };
const CHANGE_BY_6M = { '-2': 3, '-1': 13, 0: 36, 1: 24, 2: 14, 3: 7, 4: 2, 5: 1 };
const CHANGE_FROM_6M_TO_18M = { '-2': 6, '-1': 22, 0: 44, 1: 20, 2: 6, 3: 2 };

/** A small generator of even 32-bit numbers (mulberry32), so that the files do not depend on a Node version. */
function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  const chance = (percent) => next() * 100 < percent;
  /** One of the keys, as often as its weight says. */
  const weighted = (weights) => {
    const entries = Object.entries(weights);
    let left = next() * entries.reduce((total, [, weight]) => total + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return Number(key);
    return Number(entries.at(-1)[0]);
  };
  const oneOf = (values) => values[between(0, values.length - 1)];
  return { between, chance, weighted, oneOf };
}

const random = seeded(SEED);
const onScale = (score) => Math.min(9, Math.max(3, score));

function participants() {
  const starts = Array.from({ length: PARTICIPANTS }, () =>
    addDays(FIRST_START, random.between(0, INTAKE_DAYS - 1)),
  );
  return starts
    .sort()
    .map((started_on, index) =>
      participant(`WL-${String(index + 1).padStart(4, '0')}`, started_on),
    );
}

function participant(reference, started_on) {
  const screening_score = random.weighted(SCREENING);
  const risks = RISKS.map(() => random.chance(45));
  // A screening score of 5 is served only with five risk factors or more.
  if (screening_score === 5)
    for (let i = 0; risks.filter(Boolean).length < 5; i += 1) risks[i] = true;
  const drops = random.chance(14);
  return {
    reference,
    cohort: started_on < '2016-04-01' ? 'year-1' : started_on < '2017-04-01' ? 'year-2' : 'year-3',
    started_on,
    exited_on: drops ? addDays(started_on, random.between(30, 520)) : '',
    exit_reason: drops
      ? random.oneOf([
          'moved away',
          'moved into residential care',
          'no longer wished to take part',
          'died',
        ])
      : '',
    area: random.oneOf(AREAS),
    age: 50 + Math.min(random.between(0, 45), random.between(5, 48)),
    screening_score,
    ...Object.fromEntries(RISKS.map((name, index) => [name, risks[index] ? 'yes' : 'no'])),
  };
}

/** What became of one follow-up, in percent; the rest is recorded inside the window. */
const SIX_MONTHS = {
  id: '6m',
  months: 6,
  halfWindow: 30,
  missing: 6,
  declined: 4,
  failed: 2,
  late: 4,
  again: 2,
};
const EIGHTEEN_MONTHS = {
  id: '18m',
  months: 18,
  halfWindow: 45,
  missing: 13,
  declined: 6,
  failed: 3,
  late: 5,
  again: 2,
};

function measurementsOf(person) {
  const rows = [];
  const add = (time_point, measured_on, score, more = {}) => {
    if (measured_on > LAST_MEASUREMENT) return;
    rows.push({
      reference: person.reference,
      metric: 'ucla',
      time_point,
      measured_on,
      score,
      mode: random.oneOf(['assisted', 'assisted', 'self', 'telephone']),
      ...more,
    });
  };
  const baseline = random.chance(80)
    ? person.screening_score
    : onScale(person.screening_score + random.oneOf([-1, 1]));
  if (random.chance(98.5)) {
    const days = random.chance(1) ? random.between(15, 30) : random.between(-14, 12);
    add('baseline', addDays(person.started_on, days), baseline);
  }
  const at6m = onScale(baseline - random.weighted(CHANGE_BY_6M));
  const at18m = onScale(at6m - random.weighted(CHANGE_FROM_6M_TO_18M));
  followUp(person, SIX_MONTHS, at6m, add);
  followUp(person, EIGHTEEN_MONTHS, at18m, add);
  return rows;
}

function followUp(person, point, score, add) {
  const target = addMonths(person.started_on, point.months);
  const on = addDays(target, random.between(3 - point.halfWindow, point.halfWindow - 12));
  const fate = random.between(0, 999) / 10;
  if (person.exited_on !== '' && person.exited_on < on) return;
  const { missing, declined, failed, late, again } = point;
  if (fate < missing) return;
  if (fate < missing + declined) return add(point.id, on, '', { status: 'declined' });
  if (fate < missing + declined + failed)
    return add(point.id, on, '', { status: 'could-not-collect', note: 'no answer at two visits' });
  if (fate < missing + declined + failed + late)
    return add(point.id, addDays(target, point.halfWindow + random.between(1, 25)), score);
  if (fate < missing + declined + failed + late + again) {
    add(point.id, on, '', { status: 'declined' });
    return add(point.id, addDays(on, random.between(5, 11)), score, { attempt: 2 });
  }
  add(point.id, on, score);
}

/** Splits what was measured into what is uploaded first and what is learnt later: typing errors, late forms, wrong persons. */
function learntLater(rows) {
  const first = [];
  const later = [];
  for (const row of rows) {
    const early =
      row.time_point !== 'baseline' &&
      row.measured_on < CORRECTED_BEFORE &&
      (row.status ?? '') === '';
    const fate = early ? random.between(0, 999) : 999;
    if (fate < 30) later.push({ ...row, note: 'paper form entered late' });
    else if (fate < 65) {
      const mistyped = onScale(row.score + random.oneOf([-3, -2, -1, 1, 2]));
      first.push({ ...row, score: mistyped });
      if (mistyped !== row.score)
        later.push({
          ...row,
          correction_reason: `typed ${mistyped}; the paper form says ${row.score}`,
        });
    } else {
      first.push(row);
      if (fate < 70)
        later.push({
          ...row,
          score: '',
          status: 'void',
          correction_reason: 'form belongs to another person',
        });
    }
  }
  return { first, later };
}

const ITEMS = ['companionship', 'left_out', 'isolated'];
const answering = seeded(SEED + 1);

/** The three answers behind a score, for the forms that were typed in whole: each 1 to 3, together the score. */
function withAnswers(row) {
  if (!(row.score >= 3) || !answering.chance(35)) return row;
  const answers = [1, 1, 1];
  for (let left = row.score - 3; left > 0;) {
    const item = answering.between(0, 2);
    if (answers[item] === 3) continue;
    answers[item] += 1;
    left -= 1;
  }
  return {
    ...row,
    ...Object.fromEntries(ITEMS.map((id, index) => [`item:${id}`, answers[index]])),
  };
}

const people = participants();
const byDay = (a, b) =>
  a.measured_on !== b.measured_on ? (a.measured_on < b.measured_on ? -1 : 1) : 0;
const { first, later } = learntLater(people.flatMap(measurementsOf));
const COLUMNS = [
  'reference',
  'metric',
  'time_point',
  'measured_on',
  'score',
  'status',
  ...ITEMS.map((id) => `item:${id}`),
  'attempt',
  'mode',
  'note',
];

writeFiles(import.meta.url, {
  'participants.csv': toCsv(Object.keys(people[0]), people),
  'measurements.csv': toCsv(COLUMNS, first.sort(byDay).map(withAnswers)),
  'corrections.csv': toCsv([...COLUMNS, 'correction_reason'], later.sort(byDay).map(withAnswers)),
});
