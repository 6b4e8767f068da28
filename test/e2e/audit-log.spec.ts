// A receipt is promised, the entry is sealed, and anybody can follow the way from the one to the other.
import type { INestApplication } from '@nestjs/common';
import { isContinued, isIncluded } from '../../src/domain/log/check-proofs.js';
import { parseCheckpoint } from '../../src/domain/log/checkpoint.js';
import { leafHash } from '../../src/domain/log/hashes.js';
import { commitmentOf } from '../../src/domain/log/leaf-text.js';
import { parseVkey, type NoteKey } from '../../src/domain/log/note-key.js';
import { parseReceipt, type Receipt } from '../../src/domain/log/receipt.js';
import { isSignedBy, parseNote } from '../../src/domain/log/signed-note.js';
import { startTestApp, startTestWorker, waitUntil, type TestApp } from '../support/harness.js';
import { rowsOfOwner } from '../support/owner.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../support/reviewed-quarter.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('an act of weight', () => {
  let service: TestApp;
  let worker: INestApplication;
  let quarter: ReviewedQuarter;
  let key: NoteKey;
  const receipts: Receipt[] = [];

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    quarter = await aReviewedQuarter(service, 'logged');
    const { text } = await service.stranger.get('/v1/log/key').expect(200);
    key = parseVkey(text.trimEnd());
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  const keep = (receipt: string, type: string) => {
    const { text, signatures } = parseNote(receipt);
    expect(signatures.map((signature) => isSignedBy(text, signature, key))).toEqual([true]);
    const parsed = parseReceipt(text);
    receipts.push(parsed);
    const promised = Number(parsed.deadline) - 60; // in that second, between the act and now
    expect(promised).toBeLessThanOrEqual(Date.now() / 1000);
    return rowsOfOwner<{ type: string; recorded_at: Date }>(
      'select type, recorded_at from audit_entry where stream = $1 and seq = $2',
      [parsed.stream, parsed.seq],
    ).then(([row]) => {
      expect(row!.type).toBe(type);
      expect(promised).toBeGreaterThanOrEqual(Math.floor(row!.recorded_at.getTime() / 1000));
    });
  };
  const checkpoint = async () => {
    const { text, headers } = await service.stranger.get('/v1/log/checkpoint').expect(200);
    const note = parseNote(text);
    expect(isSignedBy(note.text, note.signatures[0]!, key)).toBe(true);
    return { ...parseCheckpoint(note.text), note: text, witnessed: headers['outturn-witnessed'] };
  };

  it('returns a receipt: submitting a claim, deciding it, issuing a statement', async () => {
    const { path, provider, commissioner, computation } = quarter;
    const submitted = await provider.post(`${path}/claims`, { computation }).expect(201);
    await keep(submitted.body.receipt, 'claim.submitted');
    const claim = submitted.headers['location'] as string;
    const { headers } = await commissioner.get(claim).expect(200);
    const decided = await commissioner
      .post(
        `${claim}/decisions`,
        { approveUndecided: true },
        { ifMatch: headers['etag'] as string },
      )
      .expect(201);
    await keep(decided.body.receipt, 'claim.decided');
    const { body } = await commissioner.get(`${path}/statements`).expect(200);
    const period = body.items.find((its: { period: string }) => its.period).period as string;
    const issued = await commissioner.post(`${path}/statements/${period}/issues`).expect(201);
    await keep(issued.body.receipt, 'statement.issued');
  });

  it('is in the log before the promise is up, and whoever may read the trail can prove it', async () => {
    const { path, commissioner } = quarter;
    for (const receipt of receipts) {
      const address = `${path}/audit/entries/${receipt.seq}/proof`;
      const { body } = await waitUntil('the entry is sealed', async () => {
        const answer = await commissioner.get(address);
        return answer.status === 200 ? answer : null;
      });
      const { text } = parseNote(body.checkpoint);
      const tree = parseCheckpoint(text);
      expect(Buffer.from(leafHash(body.leaf))).toEqual(Buffer.from(receipt.leaf));
      expect(
        isIncluded(leafHash(body.leaf), Number(body.index), tree, body.hashes.map(bytes)),
      ).toBe(true);
      const commitment = commitmentOf(Buffer.from(body.salt, 'hex'), body.body);
      expect(JSON.parse(body.leaf).commitment).toBe(Buffer.from(commitment).toString('hex'));
      expect(body.witnessed).toBe(false);
    }
  });

  it('is shown to nobody else, and no entry that is not there', async () => {
    const { path, commissioner } = quarter;
    const address = `${path}/audit/entries/${receipts[0]!.seq}/proof`;
    await service.stranger.get(address).expect(401);
    for (const seq of ['0', '99999', 'x', '1e3'])
      await commissioner.get(`${path}/audit/entries/${seq}/proof`).expect(404);
  });

  it('stays in every later checkpoint: each continues the one before', async () => {
    const earlier = await checkpoint();
    expect(earlier.witnessed).toBe('false');
    await service.administrator.post('/v1/people', {
      name: 'Another Person',
      email: 'another@outturn.example',
    });
    const later = await waitUntil('the log has grown', async () => {
      const now = await checkpoint();
      return now.size > earlier.size ? now : null;
    });
    const query = `from=${earlier.size}&to=${later.size}`;
    const { body } = await service.stranger.get(`/v1/log/consistency?${query}`).expect(200);
    expect(isContinued(earlier, later, body.hashes.map(bytes))).toBe(true);
    for (const bad of ['from=0&to=2', 'from=2&to=99999999', 'from=2&to=1', 'from=x&to=2', 'from=1'])
      expect((await service.stranger.get(`/v1/log/consistency?${bad}`)).status).toBeGreaterThan(
        399,
      );
  });

  it('is counted in the metrics', async () => {
    const { text } = await service.stranger.get('/metrics').expect(200);
    expect(text).toMatch(/^outturn_log_size \d+$/m);
    expect(text).toMatch(/^outturn_log_entries_waiting \d+$/m);
    expect(text).toMatch(/^outturn_log_oldest_waiting_seconds [\d.]+$/m);
  });
});
