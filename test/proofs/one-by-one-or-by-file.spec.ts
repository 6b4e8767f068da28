import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DomainError } from '../../src/domain/shared/domain-error.js';
import { ImportsService } from '../../src/figures/import/imports.service.js';
import { MeasurementsService } from '../../src/measurements/measurements.service.js';
import type { Actor } from '../../src/platform/auth/actor.js';
import { AUTHENTICATOR, type Authenticator } from '../../src/platform/auth/authenticator.js';
import { aContract, startTestApp, type TestApp, type TestContract } from '../support/harness.js';

interface Row {
  readonly reference: string;
  readonly timePoint: string;
  readonly measuredOn: string;
  readonly score: string;
  readonly status: string;
  readonly attempt: string;
  readonly note: string;
  readonly correctionReason: string;
}

// The file is read by a short way that recognises rows; a single measurement is read in full. They may never differ.
describe('recording one by one, and by file', () => {
  let service: TestApp;
  let byHand: TestContract;
  let byFile: TestContract;
  let officer: Actor;
  let run = 0;
  const RUNS = 60;

  beforeAll(async () => {
    service = await startTestApp();
    const people = Array.from({ length: 2 * RUNS * 3 }, (_, index) => ({
      reference: `P-${index}`,
      startedOn: '2015-06-04',
    }));
    [byHand, byFile] = [
      await aContract()
        .withTerms({ code: 'by-hand' })
        .withParticipants(...people)
        .in(service),
      await aContract()
        .withTerms({ code: 'by-file' })
        .withParticipants(...people)
        .in(service),
    ];
    await service.administrator
      .post(`${byFile.path}/members`, {
        email: byHand.officer.email,
        party: 'charity',
        role: 'provider',
      })
      .expect(201);
    const found = await service.get<Authenticator>(AUTHENTICATOR).authenticate(byHand.officer.key!);
    officer = { ...found!, via: 'api' };
  });
  afterAll(() => service.stop());

  const row: fc.Arbitrary<Row> = fc.record({
    reference: fc.constantFrom('first', 'second', 'second', 'stranger'),
    timePoint: fc.constantFrom('baseline', '6m', '6m', '9m'),
    measuredOn: fc.constantFrom(
      '2015-06-04',
      '2015-06-12',
      '2015-12-10',
      '2016-01-03',
      '2015-13-01',
    ),
    score: fc.constantFrom('3', '6', '9', '', '10', '06'),
    status: fc.constantFrom('', '', '', 'declined', 'void'),
    attempt: fc.constantFrom('', '', '1', '2'),
    note: fc.constantFrom('', '', 'said so'),
    correctionReason: fc.constantFrom('', '', '', 'typed wrong'),
  });
  const COLUMNS =
    'reference,metric,time_point,measured_on,score,status,attempt,note,correction_reason';
  const line = (r: Row) =>
    [
      r.reference,
      'ucla',
      r.timePoint,
      r.measuredOn,
      r.score,
      r.status,
      r.attempt,
      r.note,
      r.correctionReason,
    ].join(',');

  const command = () => ({ actor: officer, idempotencyKey: randomUUID(), requestHash: '00' });
  async function accepts(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') return false;
      throw error;
    }
  }
  const single = (code: string, { reference, ...r }: Row) =>
    accepts(() =>
      service.get(MeasurementsService).record(command(), code, reference, {
        ...r,
        metric: 'ucla',
        event: '',
        endedOn: '',
        items: {},
        mode: '',
      }),
    );
  const file = (code: string, rows: readonly Row[]) =>
    accepts(() =>
      service.get(ImportsService).upload('measurements', officer, command, code, {
        source: (async function* () {
          yield Buffer.from([COLUMNS, ...rows.map(line)].join('\n'));
        })(),
        fileName: 'rows.csv',
      }),
    );
  const recorded = async ({ path, officer: person }: TestContract, references: readonly string[]) =>
    Promise.all(
      references.map(
        async (reference) =>
          (await person.get(`${path}/participants/${reference}/measurements`)).body.measurements,
      ),
    );

  it('accepts the same rows and records the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (drawn) => {
        run += 1; // everybody is used once, because what is recorded stays
        const [first, second] = [`P-${2 * run}`, `P-${2 * run + 1}`] as const;
        const references = { first, second, stranger: `X-${run}` };
        const rows = drawn.map((each) => ({
          ...each,
          reference: references[each.reference as keyof typeof references],
        }));
        const taken: Row[] = [];
        const seen = new Set<string>();
        for (const each of rows) {
          const key = `${each.reference} ${each.timePoint} ${each.attempt || '1'}`;
          if (seen.has(key)) continue; // a file says each thing once
          if (await single(byHand.code, each)) {
            taken.push(each);
            seen.add(key);
          } else expect(await file(byFile.code, [...taken, each])).toBe(false);
        }
        if (taken.length > 0) expect(await file(byFile.code, taken)).toBe(true);
        expect(await recorded(byFile, [first, second])).toEqual(
          await recorded(byHand, [first, second]),
        );
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
