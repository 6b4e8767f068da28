import fc from 'fast-check';
import { chainHash, encodeAct, NO_HASH, noteHash } from './entry.js';
import { verifyStream, type Checkpoint, type SaltedEntry } from './verify.js';

const STREAM = '0195f3d2-7c1e-7000-8000-0000000000aa';

/** A trail of so many acts, as it was written; `mark` tells two trails of the same length apart. */
function aTrail(length: number, mark = 'a', from: readonly SaltedEntry[] = []): SaltedEntry[] {
  const trail = [...from];
  while (trail.length < length) {
    const seq = BigInt(trail.length + 1);
    const columns = {
      stream: STREAM,
      seq,
      type: 'computation.cancelled' as const,
      personId: `person-${mark}`,
      duty: 'provider',
      recordedAt: '2015-06-02T09:30:00.000Z',
    };
    const payload = { computationId: mark, number: Number(seq) };
    const body = encodeAct({ ...columns, party: null, effectiveOn: null, payload });
    const previousHash = trail.at(-1)?.hash ?? NO_HASH;
    const salt = new Uint8Array(32).fill(trail.length);
    trail.push({ ...columns, body, previousHash, hash: chainHash(previousHash, body), salt });
  }
  return trail;
}

const headOf = (trail: readonly SaltedEntry[]): Checkpoint | null => {
  const last = trail.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : null;
};
const noteOf = ({ seq, salt, hash }: SaltedEntry): Checkpoint => ({
  seq,
  hash: noteHash(salt, hash),
});
const replaced = (
  trail: readonly SaltedEntry[],
  seq: number,
  change: Partial<SaltedEntry>,
): SaltedEntry[] =>
  trail.map((entry) => (entry.seq === BigInt(seq) ? { ...entry, ...change } : entry));
const without = (trail: readonly SaltedEntry[], seq: number) =>
  trail.filter((entry) => entry.seq !== BigInt(seq));

const TRAIL = aTrail(6);
const HEAD = headOf(TRAIL);
const verify = (entries: readonly SaltedEntry[], head = HEAD, noted?: Checkpoint) =>
  verifyStream(STREAM, entries, noted ? { head, noted } : { head });

describe('a trail as it was written', () => {
  it('verifies, and names its last entry', async () => {
    expect(await verify(TRAIL)).toEqual({
      stream: STREAM,
      good: 6n,
      last: noteOf(TRAIL[5]!),
      firstBad: null,
    });
  });

  it('verifies when it is empty', async () => {
    expect(await verify([], null)).toMatchObject({ good: 0n, firstBad: null });
  });

  it('verifies against any entry noted earlier', async () => {
    for (const entry of TRAIL) {
      expect(await verify(TRAIL, HEAD, noteOf(entry))).toMatchObject({ firstBad: null });
    }
  });
});

describe('a trail that was tampered with', () => {
  const middle = TRAIL[3]!;
  const otherwise = aTrail(4, 'b', TRAIL.slice(0, 3))[3]!;
  const cases: [string, readonly SaltedEntry[], bigint, string][] = [
    [
      'text edited',
      replaced(TRAIL, 4, { body: middle.body.replace('"number":4', '"number":5') }),
      4n,
      'edited',
    ],
    ['person edited in its column', replaced(TRAIL, 4, { personId: 'nobody' }), 4n, 'edited'],
    [
      'instant edited in its column',
      replaced(TRAIL, 4, { recordedAt: '2015-06-02T09:30:00.001Z' }),
      4n,
      'edited',
    ],
    ['hash edited', replaced(TRAIL, 4, { hash: new Uint8Array(32) }), 4n, 'edited'],
    ['text made unreadable', replaced(TRAIL, 4, { body: 'x' }), 4n, 'edited'],
    ['replaced by an entry that is whole in itself', replaced(TRAIL, 4, otherwise), 4n, 'replaced'],
    ['first entry built on something else', TRAIL.slice(1).map(renumber), 1n, 'out-of-order'],
    ['two entries swapped with their numbers', swapped(TRAIL, 3, 4), 3n, 'out-of-order'],
    ['an entry twice', [...TRAIL.slice(0, 3), TRAIL[2]!, ...TRAIL.slice(3)], 3n, 'out-of-order'],
    ['first entry taken out', without(TRAIL, 1), 1n, 'missing'],
    ['an entry taken out', without(TRAIL, 4), 4n, 'missing'],
    ['last entry cut off', without(TRAIL, 6), 6n, 'cut-off'],
    ['everything cut off', [], 1n, 'cut-off'],
    ['an entry added after the end', aTrail(7), 7n, 'surplus'],
    ['end rewritten', aTrail(6, 'b', TRAIL.slice(0, 5)), 6n, 'rewritten'],
    [
      'entry of another stream',
      [...TRAIL.slice(0, 5), { ...TRAIL[5]!, stream: 'other' }],
      6n,
      'out-of-order',
    ],
  ];
  it.each(cases)('%s: names the first bad entry', async (_, entries, seq, fault) => {
    const { firstBad, good } = await verify(entries);
    expect(firstBad).toMatchObject({ seq, fault });
    expect(firstBad?.detail).toContain(String(seq));
    expect(good).toBe(seq - 1n);
  });

  it('rewritten from the third entry to the end, with its head: found only against a note from outside', async () => {
    const rewritten = aTrail(6, 'b', TRAIL.slice(0, 2));
    expect((await verify(rewritten, headOf(rewritten))).firstBad).toBeNull();
    const against = await verify(rewritten, headOf(rewritten), noteOf(TRAIL[2]!));
    expect(against.firstBad).toMatchObject({ seq: 3n, fault: 'rewritten' });
  });

  it('cut off with its head: found against a note from outside', async () => {
    const cut = TRAIL.slice(0, 4);
    const against = await verify(cut, headOf(cut), noteOf(TRAIL[5]!));
    expect(against.firstBad).toMatchObject({ seq: 5n, fault: 'cut-off' });
  });
});

describe('whatever is done to one entry', () => {
  it('is found, and no entry before it is blamed', async () => {
    const tampering = fc.constantFrom<(entry: SaltedEntry) => SaltedEntry[]>(
      () => [],
      (entry) => [entry, entry],
      (entry) => [{ ...entry, seq: entry.seq + 1n }],
      (entry) => [{ ...entry, duty: `${entry.duty}!` }],
      (entry) => [{ ...entry, body: `${entry.body} ` }],
      (entry) => [{ ...entry, previousHash: flipped(entry.previousHash) }],
      (entry) => [{ ...entry, hash: flipped(entry.hash) }],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        tampering,
        async (length, pick, tamper) => {
          const trail = aTrail(length);
          const index = pick % length;
          const entries = trail.flatMap((entry, at) => (at === index ? tamper(entry) : [entry]));
          const { firstBad } = await verifyStream(STREAM, entries, { head: headOf(trail) });
          expect(firstBad).not.toBeNull();
          expect(firstBad!.seq).toBeGreaterThanOrEqual(BigInt(index + 1));
          expect(firstBad!.seq).toBeLessThanOrEqual(BigInt(index + 2));
        },
      ),
    );
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte, index) => (index === 7 ? byte ^ 1 : byte));
}

function renumber(entry: SaltedEntry): SaltedEntry {
  return { ...entry, seq: entry.seq - 1n };
}

function swapped(trail: readonly SaltedEntry[], a: number, b: number): SaltedEntry[] {
  const [first, second] = [trail[a - 1]!, trail[b - 1]!];
  return trail.map((entry) => {
    if (entry === first) return { ...second, seq: first.seq };
    return entry === second ? { ...first, seq: second.seq } : entry;
  });
}
