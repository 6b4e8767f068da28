import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { civilDate } from '../../src/domain/calendar/civil-date.js';
import { periodsOf } from '../../src/domain/calendar/period-calendar.js';
import { contains, type Period } from '../../src/domain/calendar/period.js';
import { openComputation } from '../../src/domain/computation/open-computation.js';
import type { PaymentLine } from '../../src/domain/computation/payment-line.js';
import { activationProblems } from '../../src/domain/contract-terms/activation/activation-problems.js';
import { parseTerms, parseTermsSource } from '../../src/domain/contract-terms/parse.js';
import type { TermsDocument } from '../../src/domain/contract-terms/terms.schema.js';
import { formatAmount, money } from '../../src/domain/money/money.js';
import { instrumentsBy } from '../../src/domain/instruments/registry.js';
import { parseFraction } from '../../src/domain/money/fraction.js';
import {
  openMeasurementCheck,
  type MeasurementCheck,
} from '../../src/domain/outcomes/check-measurement.js';
import { isEligible } from '../../src/domain/outcomes/eligibility.js';
import { EMPTY_RECORD } from '../../src/domain/outcomes/contract-record.js';
import type { Observation, ParticipantFacts } from '../../src/domain/outcomes/participant-facts.js';
import type { Fault } from '../../src/domain/shared/domain-error.js';

/** What a contract must come to: data with its source, shared with the demo. */
interface Expected {
  readonly contract: string;
  readonly total: string;
  readonly clauses: readonly { clause: string; paid: number; people?: number; amount: string }[];
  readonly periods: readonly { period: string; amount: string }[];
}
const EXPECTED = JSON.parse(
  readFileSync(join(__dirname, 'expected-totals.json'), 'utf8'),
) as Expected[];

/** The examples that come with the project, from their files alone: no database, no importer, only the pure engine. */
const FOLDER = resolve(__dirname, '../../examples');
type Row = Readonly<Record<string, string>>;

const text = (code: string, file: string) => readFileSync(join(FOLDER, code, file), 'utf8');
const rows = (code: string, file: string): Row[] => parse(text(code, file), { columns: true });
const termsOf = (code: string): TermsDocument =>
  parseTerms(parseTermsSource(text(code, 'terms.yaml')));

const filesOf = (code: string): string[] =>
  code === 'worcestershire-loneliness'
    ? ['participants.csv', 'measurements.csv', 'corrections.csv']
    : ['participants.csv', 'measurements.csv'];

function attributesOf(terms: TermsDocument, row: Row): ParticipantFacts['attributes'] {
  return Object.fromEntries(
    Object.entries(terms.population.attributes).map(([name, { type }]) => {
      const value = row[name]!;
      return [
        name,
        type === 'number' ? Number(value) : type === 'yes-no' ? value === 'yes' : value,
      ];
    }),
  );
}

/** A row as the service itself reads it: every check of a single measurement must let it pass. */
function observationOf(check: MeasurementCheck, row: Row): Observation {
  const items = Object.entries(row).filter(([name]) => name.startsWith('item:'));
  const faults: Fault[] = [];
  const checked = check.read(
    {
      metric: row['metric'] ?? '',
      timePoint: row['time_point'] ?? '',
      event: row['event'] ?? '',
      measuredOn: row['measured_on'] ?? '',
      endedOn: row['ended_on'] ?? '',
      score: row['score'] ?? '',
      items: Object.fromEntries(items.map(([name, text]) => [name.slice(5), text])),
      status: row['status'] ?? '',
      attempt: row['attempt'] ?? '',
      mode: row['mode'] ?? '',
      note: row['note'] ?? '',
      correctionReason: row['correction_reason'] ?? '',
    },
    faults,
  );
  if (checked === null) throw new Error(`${JSON.stringify(row)}: ${JSON.stringify(faults)}`);
  const { metric, occurrence, status, value } = checked.finding;
  return {
    metric,
    occurrence,
    version: checked.correctionReason === null ? 1 : 2,
    measuredOn: checked.measuredOn,
    endedOn: checked.endedOn,
    status,
    value: value === null ? null : parseFraction(value),
  };
}

/** Every participant with the latest version of each of their measurements. */
function factsOf(code: string, terms: TermsDocument): ParticipantFacts[] {
  const observations = new Map<string, Map<string, Observation>>();
  const check = openMeasurementCheck(
    terms.metrics,
    instrumentsBy(terms.instruments),
    civilDate('2025-01-01'),
  );
  for (const row of filesOf(code)
    .slice(1)
    .flatMap((file) => rows(code, file))) {
    const one = observationOf(check, row);
    const known = observations.get(row['reference']!) ?? new Map<string, Observation>();
    observations.set(row['reference']!, known.set(`${one.metric} ${one.occurrence}`, one));
  }
  return rows(code, 'participants.csv').map((row) => ({
    reference: row['reference']!,
    cohort: row['cohort']!,
    startedOn: civilDate(row['started_on']!),
    exitedOn: row['exited_on'] ? civilDate(row['exited_on']) : null,
    attributes: attributesOf(terms, row),
    exceptionApproved: false,
    observations: [...(observations.get(row['reference']!)?.values() ?? [])],
  }));
}

/** The lines of one computation over the whole life of the contract. */
function linesOf(code: string, terms: TermsDocument): PaymentLine[] {
  const period: Period = {
    id: 'all',
    from: civilDate(terms.effective.from),
    to: civilDate(terms.effective.to),
  };
  const versions = [{ number: 1, effectiveFrom: terms.effective.from, terms, recordedSeq: 1n }];
  const computation = openComputation({
    versions,
    period,
    capUse: new Map(),
    record: EMPTY_RECORD,
  });
  const lines = factsOf(code, terms).flatMap((facts) => computation.participant(facts, []));
  return [...lines, ...computation.close([])];
}

const total = (lines: readonly PaymentLine[]): string =>
  formatAmount(
    money(
      lines.reduce((sum, line) => sum + line.amountMinor, 0n),
      'GBP',
    ),
  );

describe.each(EXPECTED)('$contract', ({ contract, total: expectedTotal, clauses, periods }) => {
  const terms = termsOf(contract);
  const lines = linesOf(contract, terms);

  it('has terms that can be activated, worked examples and all', () => {
    expect(activationProblems(terms)).toEqual([]);
    expect(terms.code).toBe(contract);
  });

  it('has input files that are exactly what its generator writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'outturn-example-'));
    try {
      execFileSync(process.execPath, [join(FOLDER, contract, 'generate.mjs'), folder]);
      for (const file of filesOf(contract))
        expect(readFileSync(join(folder, file), 'utf8') === text(contract, file)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('enrols only whom the contract serves, and no more than it serves', () => {
    const facts = factsOf(contract, terms);
    const rule = terms.population.eligibility!;
    expect(facts.filter(({ attributes }) => !isEligible(rule, attributes))).toEqual([]);
    expect(facts.length).toBeLessThanOrEqual(terms.population.maximum);
  });

  it(`comes to ${expectedTotal}, and every line's parts sum to the line`, () => {
    expect(total(lines)).toBe(expectedTotal);
    for (const line of lines)
      expect([...line.parts.values()].reduce((sum, part) => sum + part, 0n)).toBe(line.amountMinor);
  });

  if (clauses.length > 0)
    it.each(clauses)('pays clause $clause as published: $paid claims, $amount', (expected) => {
      const ofClause = lines.filter((line) => line.clause === expected.clause);
      const counted = ofClause.filter(({ reason }) => reason === null || reason === 'price-is-nil');
      expect(counted).toHaveLength(expected.paid);
      expect(total(ofClause)).toBe(expected.amount);
      if (expected.people !== undefined)
        expect(new Set(counted.map((line) => line.participant)).size).toBe(expected.people);
    });

  if (periods.length > 0)
    it.each(periods)('pays $amount in $period', ({ period: id, amount }) => {
      const period = periodsOf(terms.periods, civilDate(terms.effective.to)).find(
        (p) => p.id === id,
      )!;
      expect(total(lines.filter((line) => contains(period, line.outcomeOn)))).toBe(amount);
    });
});
