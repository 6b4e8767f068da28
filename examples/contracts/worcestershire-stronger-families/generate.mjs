// Expands the published counts of claims (counts.csv) into one family and one event for each, so that the contract can be
// computed from single events. The counts are real; which family, on which day and by which of its criteria are
// RECONSTRUCTED: node examples/contracts/worcestershire-stronger-families/generate.mjs [folder]
import { fileURLToPath } from 'node:url';
import { addDays, daysBetween, readTable, toCsv, writeFiles } from '../generator.mjs';

const PRIMARY = ['education_crime_asb', 'continuous_employment', 'esf_only'];
const SUPPLEMENTARY = [
  'additional_progress_to_work_a',
  'additional_esf_only',
  'additional_progress_to_work_b',
];
const PROGRAMME_FROM = '2012-04-01';
/** The first day after each claim window: the first of the month after the one it is named by. */
const WINDOW_ENDS = {
  '2013-07': '2013-08-01',
  '2013-10': '2013-11-01',
  '2014-02': '2014-03-01',
  '2014-05': '2014-06-01',
  '2014-08': '2014-09-01',
  '2014-10': '2014-11-01',
  '2015-02': '2015-03-01',
  '2015-05': '2015-06-01',
};
/** Two of three national criteria, in turn, and all three for every seventh family. */
const CRITERIA = [
  ['yes', 'yes', 'no'],
  ['yes', 'no', 'yes'],
  ['no', 'yes', 'yes'],
];

const counts = readTable(fileURLToPath(new URL('counts.csv', import.meta.url)));
const families = [];
const events = [];
const supplementedBy = Object.fromEntries(SUPPLEMENTARY.map((metric) => [metric, 0]));

/** The days of a window in turn, so that claims are spread over it. */
const dayWithin = (from, to, index, count) =>
  addDays(from, Math.floor((index * daysBetween(from, to)) / count));

function family(claimedOn) {
  const index = families.length;
  const [out_of_work_benefits, children_out_of_school, crime_or_asb] =
    index % 7 === 0 ? ['yes', 'yes', 'yes'] : CRITERIA[index % 3];
  const started_on =
    addDays(claimedOn, -270) < PROGRAMME_FROM ? PROGRAMME_FROM : addDays(claimedOn, -270);
  const reference = `SF-${String(index + 1).padStart(4, '0')}`;
  families.push({
    reference,
    cohort: 'phase-1',
    started_on,
    out_of_work_benefits,
    children_out_of_school,
    crime_or_asb,
  });
  return reference;
}

let from = '2013-04-01'; // the results behind the first claims, of the summer of 2013, are dated from here
for (const row of counts) {
  const to = WINDOW_ENDS[row.claim_window];
  const claims = PRIMARY.flatMap((metric) =>
    Array.from({ length: Number(row[metric]) }, () => metric),
  );
  claims.forEach((metric, index) => {
    const measured_on = dayWithin(from, to, index, claims.length);
    events.push({
      reference: family(measured_on),
      metric,
      measured_on,
      event: `${row.claim_window}-${metric.slice(0, 3)}`,
    });
  });
  // A supplement goes to the next family, in order of its claim, that has not had one of the kind.
  for (const metric of SUPPLEMENTARY)
    for (let n = 0; n < Number(row[metric]); n += 1) {
      const reference = families[supplementedBy[metric]++].reference;
      events.push({
        reference,
        metric,
        measured_on: addDays(to, -1),
        event: `${row.claim_window}-sup`,
      });
    }
  from = to;
}

const byDay = (a, b) =>
  a.measured_on !== b.measured_on ? (a.measured_on < b.measured_on ? -1 : 1) : 0;
writeFiles(import.meta.url, {
  'participants.csv': toCsv(Object.keys(families[0]), families),
  'measurements.csv': toCsv(['reference', 'metric', 'measured_on', 'event'], events.sort(byDay)),
});
