import fc from 'fast-check';
import { Client } from 'pg';
import { DependentDecisionsRepository } from '../../src/claims/dependent-decisions.repository.js';
import { keepExactTypesAsText } from '../../src/platform/database/type-parsers.js';
import { over, sequences, type Real } from '../support/four-eyes/commands.js';
import { FourEyesModel, nameOf } from '../support/four-eyes/model.js';
import { askForNoEntries } from '../support/owner.js';
import { makeWorlds, PARTS, type World } from '../support/four-eyes/worlds.js';

/**
 * Ten thousand random sequences of recognitions, roles granted and ended, scores, claims, decisions and consents, each in a
 * contract of its own. What runs is the rule of the domain, the repositories' statements and the database's own rules, over
 * two connections; services and HTTP are beside this, in a smaller number.
 */
const SEQUENCES = 10_000;
const STEPS_MAX = 16;
const WORLDS_AT_ONCE = 500;

const connection = () => new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
const [first, second] = [connection(), connection()];
const dependent = new DependentDecisionsRepository();

beforeAll(async () => {
  keepExactTypesAsText();
  await Promise.all([first.connect(), second.connect()]);
  await askForNoEntries(first); // acts are made here without the services that record them
});
afterAll(() => Promise.all([first.end(), second.end()]));

let spare: World[] = [];
async function aWorld(): Promise<World> {
  if (spare.length === 0) spare = await makeWorlds(first, WORLDS_AT_ONCE);
  return spare.pop()!;
}

/** Every decision that stands in the database, and those that it finds to be dependent by now. */
async function decisionsIn(real: Real): Promise<{ standing: string[]; shown: string[] }> {
  const named = (claim: number, personId: string) =>
    nameOf({ claim: claim - 1, account: real.people.indexOf(personId) });
  const standing = await real.one.query<{ number: number; decided_by: string }>(
    'select number, decided_by from claim join claim_decision on claim_id = id where contract_id = $1',
    [real.contractId],
  );
  const shown = await dependent.page(real.one, real.contractId, null, 100);
  return {
    standing: standing.map((row) => named(row.number, row.decided_by)).sort(),
    shown: shown.map((row) => named(row.number, row.decided_by)).sort(),
  };
}

it(`no decision stands whose decider had a hand in the claim, in ${SEQUENCES} sequences`, async () => {
  const seen = { sequences: 0, decisions: 0, late: 0 };
  await fc.assert(
    fc.asyncProperty(sequences(STEPS_MAX), async (steps) => {
      const world = await aWorld();
      const real: Real = { ...world, one: over(first), two: over(second) };
      const model = new FourEyesModel(PARTS);
      await fc.asyncModelRun(() => ({ model, real }), steps);
      const { standing, shown } = await decisionsIn(real);
      expect(model.breaches()).toEqual([]);
      expect(standing).toEqual(model.decisions().sort());
      expect(shown).toEqual(model.dependentNow().sure.sort());
      seen.sequences += 1;
      seen.decisions += standing.length;
      seen.late += shown.length;
    }),
    { numRuns: SEQUENCES },
  );
  process.stdout.write(
    `${seen.sequences} sequences, ${seen.decisions} decisions that stand, ${seen.late} of them shown after a later recognition\n`,
  );
  expect(seen.sequences).toBe(SEQUENCES);
  expect(seen.decisions).toBeGreaterThan(SEQUENCES / 10); // what never decides proves nothing
  expect(seen.late).toBeGreaterThan(SEQUENCES / 100);
}, 900_000);
