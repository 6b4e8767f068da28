// Expands the published counts of the rate card (rate-card.csv) into 241 people and one event for each claim. Prices and
// counts are real; which person, on which day and at which age are RECONSTRUCTED:
// node examples/contracts/reboot-west/generate.mjs [folder]
import { fileURLToPath } from 'node:url';
import { addDays, readTable, toCsv, writeFiles } from '../generator.mjs';

const PEOPLE = 241;
const FIRST_START = '2018-11-01';
const INTAKE_DAYS = 700;

const rateCard = readTable(fileURLToPath(new URL('rate-card.csv', import.meta.url)));
const people = Array.from({ length: PEOPLE }, (_, index) => ({
  reference: `RW-${String(index + 1).padStart(3, '0')}`,
  cohort: 'all',
  started_on: addDays(FIRST_START, Math.floor((index * INTAKE_DAYS) / PEOPLE)),
  age: 16 + ((index * 7) % 10),
  care_experienced: 'yes',
}));

/**
 * Who achieves a metric: the first so many people of one of two fixed orders (one for the routes through education and
 * wellbeing, one for those through work), so that whoever reaches a later step has also reached the steps before it.
 */
const STRIDES = { education: 101, work: 58 }; // each has no factor in common with 241, so each order is complete
const ordered = (stride) => people.map((_, index) => people[(index * stride) % PEOPLE]);
const ORDERS = { education: ordered(STRIDES.education), work: ordered(STRIDES.work) };

const events = [];
rateCard.forEach((row, position) => {
  const id = row.metric.toLowerCase();
  const achieving = Number(row.people_achieving);
  const order = position >= 15 ? ORDERS.work : ORDERS.education;
  for (let claim = 0; claim < Number(row.claims_paid); claim += 1) {
    const person = order[claim % achieving];
    const repeat = Math.floor(claim / achieving);
    events.push({
      reference: person.reference,
      metric: id,
      measured_on: addDays(person.started_on, 21 + position * 17 + repeat * 180),
      event: `${id}-claim-${repeat + 1}`,
    });
  }
});

const byDay = (a, b) =>
  a.measured_on !== b.measured_on ? (a.measured_on < b.measured_on ? -1 : 1) : 0;
writeFiles(import.meta.url, {
  'participants.csv': toCsv(Object.keys(people[0]), people),
  'measurements.csv': toCsv(['reference', 'metric', 'measured_on', 'event'], events.sort(byDay)),
});
