import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { civilDate } from '../../src/domain/calendar/civil-date.js';
import { Rehearsal } from '../../src/domain/computation/rehearse.js';
import { activationProblems } from '../../src/domain/contract-terms/activation/activation-problems.js';
import { parseTerms } from '../../src/domain/contract-terms/parse.js';
import { parseFraction } from '../../src/domain/money/fraction.js';
import { randomContract, type RandomContract } from './random-contract.js';
import type { RuleMark } from './random-rules.js';

const BATCH = 250;

/** The statements of each rule, in order; load lays out the batch, settle gives what each clause comes to. */
const STATEMENTS: readonly [mark: RuleMark, files: readonly string[]][] = [
  ['R1', ['per-event']],
  ['R4', ['changes', 'per-point']],
  ['R5', ['changes', 'sliding-band']],
  ['R9', ['time-avoided']],
];

const sql = (name: string) => readFileSync(resolve(__dirname, `${name}.sql`), 'utf8');

/** What each clause of each contract comes to, as the engine has it; what comes to nothing is left out. */
function byEngine(contracts: readonly RandomContract[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const contract of contracts) {
    const terms = parseTerms(contract.terms);
    const problems = contract.seed % 10 === 0 ? activationProblems(terms) : [];
    if (problems.length > 0)
      throw new Error(`Contract ${contract.seed} does not activate: ${JSON.stringify(problems)}`);
    const effectiveFrom = civilDate('2015-04-01');
    const rehearsal = new Rehearsal([{ number: 1, effectiveFrom, terms, recordedSeq: 1n }]);
    const knowledge = {
      people: contract.people.map(({ facts, ...person }) => ({
        ...person,
        observations: facts.map((fact) => ({
          ...fact,
          version: 1,
          value: fact.value === null ? null : parseFraction(fact.value),
        })),
      })),
      record: {
        figures: [],
        effects: contract.effects.map((effect) => ({
          ...effect,
          value: parseFraction(effect.value),
          low: null,
          high: null,
          n: 1n,
          documentHash: 'ab12',
        })),
      },
    };
    for (const period of contract.computed) rehearsal.compute(period, knowledge);
    const totals = new Map<string, bigint>();
    for (const { clause, amountMinor } of rehearsal.lines)
      totals.set(clause, (totals.get(clause) ?? 0n) + amountMinor);
    for (const [clause, minor] of totals)
      if (minor !== 0n) found.set(`${contract.seed} clause ${clause}`, String(minor));
  }
  return found;
}

/** Tests that both come to the same for so many random contracts of each rule. */
export function describeAgreement(contractsOfEach: number): void {
  describe('the engine agrees with a second implementation in plain SQL, to the penny', () => {
    agreementOver(contractsOfEach);
  });
}

function agreementOver(contractsOfEach: number): void {
  const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  async function bySql(files: readonly string[], contracts: readonly RandomContract[]) {
    await client.query('rollback; begin');
    await client.query('create temporary table batch (contracts jsonb) on commit drop');
    await client.query('insert into batch values ($1)', [JSON.stringify(contracts)]);
    for (const file of ['load', ...files, 'stepped']) await client.query(sql(file));
    const { rows } = await client.query<{ seed: number; clause: string; minor: string }>(
      sql('settle'),
    );
    await client.query('rollback');
    return new Map(
      rows
        .filter(({ minor }) => minor !== '0')
        .map(({ seed, clause, minor }) => [`${seed} clause ${clause}`, minor]),
    );
  }

  it.each(STATEMENTS)(
    `${contractsOfEach} contracts of %s`,
    async (mark, files) => {
      let paid = 0;
      const failed: string[] = [];
      for (let first = 1; first <= contractsOfEach; first += BATCH) {
        const contracts = Array.from({ length: BATCH }, (_, n) => randomContract(mark, first + n));
        const [engine, second] = [byEngine(contracts), await bySql(files, contracts)];
        const places = [...new Set([...engine.keys(), ...second.keys()])].sort();
        const different = places
          .filter((place) => engine.get(place) !== second.get(place))
          .map(
            (place) => `contract ${place}: engine ${engine.get(place)}, SQL ${second.get(place)}`,
          );
        failed.push(...different);
        paid += places.length;
      }
      expect(failed.slice(0, 20)).toEqual([]);
      expect(paid).toBeGreaterThan(contractsOfEach / 4); // else agreement would be about nothing
    },
    180_000,
  );
}
