// Bundles of a real quarter, checked by both verifiers as a stranger would, from a policy of the stranger's own.
import type { INestApplication } from '@nestjs/common';
import type { Response } from 'superagent';
import { LogReader } from '../../../src/log/log-reader.service.js';
import { LogRepository } from '../../../src/log/log.repository.js';
import { Sealer } from '../../../src/log/sealer.service.js';
import { SigningKey } from '../../../src/log/signing-key.js';
import { Witnessing } from '../../../src/log/witnessing.service.js';
import { formatVkey } from '../../../src/domain/log/note-key.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { Verifiers } from '../../support/bundles/verifiers.js';
import { startTestApp, startTestWorker, waitUntil, type TestApp } from '../../support/harness.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../support/reviewed-quarter.js';
import { aWitness, type TestWitness } from '../../support/witness.js';
import type { TestPerson } from '../../support/person.js';

let service: TestApp;
let worker: INestApplication;
let quarter: ReviewedQuarter;
let lines: readonly { readonly line: string; readonly participant: string }[];
let verifiers: Verifiers;
let witness: TestWitness;

/** Until all that was done is in the log and cosigned: the worker seals and asks beside this, and may be at it. */
const seal = () =>
  waitUntil('everything is sealed and witnessed', async () => {
    await service.get(Sealer).sealAll();
    await service.get(Witnessing).ask();
    return service.get(TransactionRunner).readOnly(SERVICE.sealer, async (tx) => {
      const { entries } = await service.get(LogRepository).waiting(tx);
      const latest = await service.get(LogReader).latest(tx);
      return entries === 0 && latest.isWitnessed ? true : null;
    });
  });
const bundleOf = async (person: TestPerson, what: string): Promise<string> => {
  const response = await person.get(`${quarter.path}/${what}`).buffer(true).parse(asText);
  expect([what, response.status]).toEqual([what, 200]);
  return response.body as string;
};
const asText = (response: Response, done: (error: Error | null, text: string) => void): void => {
  const stream = response as unknown as NodeJS.ReadableStream;
  let text = '';
  stream.setEncoding('utf8').on('data', (some: string) => (text += some));
  stream.on('end', () => done(null, text));
};
const ofKind = (bundle: string, kind: string) =>
  bundle
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string> & { kind: string })
    .filter((line) => line.kind === kind);
const openedTypes = (bundle: string) =>
  ofKind(bundle, 'entry').flatMap(({ body }) => (body ? [JSON.parse(body).type as string] : []));

beforeAll(async () => {
  witness = await aWitness('investor.example/witness');
  process.env['LOG_WITNESSES'] = `investor=${witness.vkey}=${witness.url}`;
  service = await startTestApp();
  worker = await startTestWorker();
  quarter = await aReviewedQuarter(service, 'bundled');
  const { path, provider, commissioner, computation } = quarter;
  const submitted = await provider.post(`${path}/claims`, { computation }).expect(201);
  const claim = submitted.headers['location']!;
  lines = (await commissioner.get(`${claim}/lines`)).body.items;
  const ofP2 = lines.find((its) => its.participant === 'P-2')!;
  await commissioner
    .post(
      `${claim}/decisions`,
      {
        decisions: [{ line: ofP2.line, decision: 'returned', reason: 'By telephone' }],
        approveUndecided: true,
      },
      { ifMatch: submitted.headers['etag']! },
    )
    .expect(201);
  await commissioner.post(`${path}/statements/2015-Q4/issues`, {}).expect(201);
  await seal();
  const log = formatVkey(service.get(SigningKey).signer().key);
  verifiers = new Verifiers(`log ${log}\nwitness investor ${witness.vkey}\nquorum investor\n`);
});
afterAll(async () => {
  await worker.close();
  await service.stop();
  await witness.stop();
});

describe('a bundle', () => {
  it.each([
    ['of a claim', 'claims/1/proof'],
    ['of the contract', 'proof'],
    ['of a participant', 'participants/P-1/proof'],
    ['of a statement', 'statements/2015-Q4/1/proof'],
  ])('%s is witnessed for a stranger', async (_, what) =>
    expect(verifiers.ask(await bundleOf(quarter.commissioner, what))).toMatchObject({
      verdict: 'WITNESSED',
      firstBad: null,
    }),
  );

  it('of one act opens it beside the terms, for either verifier, and no other act', async () => {
    const { items } = (
      await quarter.commissioner.get(`${quarter.path}/activity?type=claim.submitted`)
    ).body;
    const bundle = await bundleOf(quarter.commissioner, `audit/entries/${items[0].seq}/bundle`);
    expect(verifiers.ask(bundle)).toMatchObject({ verdict: 'WITNESSED', firstBad: null });
    expect(openedTypes(bundle)).toEqual(['contract.drafted', 'terms.activated', 'claim.submitted']);
    const altered = bundle.replace('\\"totalMinor\\":\\"396000', '\\"totalMinor\\":\\"396001');
    expect(altered).not.toBe(bundle);
    expect(verifiers.ask(altered)).toMatchObject({
      verdict: 'INVALID',
      firstBad: { seq: items[0].seq },
    });
  });

  it('of a line shows that line and no other', async () => {
    const { line } = lines.find(({ participant }) => participant === 'P-1')!;
    const bundle = await bundleOf(quarter.provider, `lines/${line}/proof`);
    expect(verifiers.ask(bundle).verdict).toBe('WITNESSED');
    const shown = ofKind(bundle, 'line').map(({ body }) => JSON.parse(body!));
    expect(shown.map((its) => [its.line, its.what])).toEqual([
      [line, 'submitted'],
      [line, 'approved'],
    ]);
    expect(ofKind(bundle, 'gap').length).toBeGreaterThan(0);
  });

  it('of a claim that is changed in any line is found at that line', async () => {
    const bundle = await bundleOf(quarter.commissioner, 'claims/1/proof');
    expect(
      verifiers.ask(bundle.replace('"132000"', '"133000"').replace('132000', '133000')),
    ).toMatchObject({
      verdict: 'INVALID',
    });
  });

  it('proves that the log goes on from a checkpoint that the reader kept', async () => {
    const earlier = await bundleOf(quarter.commissioner, 'claims/1/proof');
    const note = ofKind(earlier, 'checkpoint')[0]!['note']!;
    const size = note.split('\n')[1]!;
    await quarter.commissioner.post(`${quarter.path}/statements/2015-Q4/issues`, {}).expect(201);
    await seal();
    const later = await bundleOf(quarter.commissioner, `claims/1/proof?since=${size}`);
    expect(verifiers.ask(later, note).verdict).toBe('WITNESSED');
    const without = await bundleOf(quarter.commissioner, 'claims/1/proof');
    expect(verifiers.ask(without, note).verdict).toBe('DIVERGED');
  });
});

describe('what an investor gets', () => {
  it('is the statement as issued, and no entry that says more', async () => {
    const bundle = await bundleOf(quarter.investor, 'statements/2015-Q4/1/proof');
    expect(verifiers.ask(bundle).verdict).toBe('WITNESSED');
    expect(openedTypes(bundle)).toEqual([
      'contract.drafted',
      'terms.activated',
      'statement.issued',
    ]);
    expect(bundle).not.toContain('330000'); // what was approved, of fewer people than may be shown
    expect(bundle).not.toContain('P-1');
    expect(ofKind(bundle, 'line')).toEqual([]);
  });

  it('does not tell what the other acts were, nor when: how many of a kind would be a count of persons', async () => {
    const bundle = await bundleOf(quarter.investor, 'statements/2015-Q4/1/proof');
    const closed = ofKind(bundle, 'entry').filter(({ body }) => !body);
    expect(closed.length).toBeGreaterThan(8);
    const [commitment, index, seq] = ['', '', ''].map(() => expect.any(String) as string);
    for (const entry of closed)
      expect(entry).toEqual({ kind: 'entry', commitment, index, seq, type: 'act' });
    const { items } = (await quarter.commissioner.get(`${quarter.path}/activity?limit=200`)).body;
    const instants = items
      .filter(({ seq: of }: { seq: string }) => closed.some((one) => one['seq'] === of))
      .map((item: { recordedAt: string }) => item.recordedAt);
    expect(instants.length).toBeGreaterThan(8);
    for (const instant of instants) expect(bundle).not.toContain(instant);
  });

  it.each(['proof', 'claims/1/proof', 'participants/P-1/proof', 'audit/entries/1/bundle'])(
    'is never %s',
    async (what) => {
      const { status } = await quarter.investor.get(`${quarter.path}/${what}`);
      expect(status).toBe(403);
    },
  );
});

describe('a bundle is refused', () => {
  it.each([
    ['claims/9/proof', 404],
    ['claims/x/proof', 404],
    ['audit/entries/999/bundle', 404],
    ['audit/entries/0/bundle', 404],
    ['participants/P-9/proof', 404],
    ['statements/2015-Q4/9/proof', 404],
    ['lines/bundled.1.999/proof', 404],
    ['claims/1/proof?since=0', 400],
    ['claims/1/proof?since=7777777', 404],
  ])('%s with %d', async (what, status) =>
    expect((await quarter.commissioner.get(`${quarter.path}/${what}`)).status).toBe(status),
  );
});
