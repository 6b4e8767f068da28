import fc from 'fast-check';
import { rootOf } from '../log/frontier.js';
import { leafHash } from '../log/hashes.js';
import { RowsCommitment } from '../log/rows-commitment.js';
import { firstOtherMember } from './first-other-member.js';
import { HeldRows } from './held-rows.js';
import { oneOtherLeaf } from './one-other-leaf.js';
import { actOf, RecordedActs, type RowsImport } from './recorded-acts.js';
import { Findings } from './report.js';

const SALT = Buffer.alloc(32, 1);
const PEOPLE = ['P-1', 'P-2', 'P-3'];

/** The import of two rows of each person, as its entry has it; of earlier days where it commits to its file alone. */
function anImport(isOfEarlierDays = false) {
  const commitment = new RowsCommitment(SALT);
  for (const reference of PEOPLE) {
    commitment.subject(reference);
    commitment.say('a', 1);
    commitment.say('b', 2);
  }
  const { rowsHash, salt, blocks } = commitment.finish();
  const payload = { importId: 'i', fileSha256: '', fileBytes: '1', rows: 6, rowsNew: 6 };
  const act = {
    seq: 12n,
    type: 'measurements.imported',
    payload: {
      ...payload,
      rowsCorrected: 0,
      rowsUnchanged: 0,
      ...(isOfEarlierDays ? {} : { rowsHash }),
    },
  } as RowsImport;
  return { act, kept: { salt, blocks } };
}

const ROWS = [
  { text: 'b', day: 2 },
  { text: 'a', day: 1 },
];

function concluded(held: HeldRows, people: readonly string[], rows = ROWS) {
  for (const reference of people) held.add(reference, rows);
  const findings = new Findings();
  held.conclude(findings, 'measurements');
  return findings.report().parts[0]!;
}

describe('rows of an import, held against its entry', () => {
  it('agree in whatever order those of one person come', () => {
    const { act, kept } = anImport();
    expect(concluded(new HeldRows(act, kept), PEOPLE)).toMatchObject({ agreed: 6, differing: 0 });
  });

  it('are told apart by who they are of', () => {
    const { act, kept } = anImport();
    const changed = concluded(new HeldRows(act, kept), PEOPLE, [ROWS[0]!, { text: 'a', day: 3 }]);
    expect(changed.first).toEqual({
      entry: 12n,
      detail:
        'Of the measurements imported by entry 12, the first that differs is between P-1 and P-3; 6 were recorded and 6 are there.',
    });
    const gone = concluded(new HeldRows(act, kept), []);
    expect(gone.first!.detail).toContain('rows are missing at the end; 6 were recorded and 0');
    const altered = { ...kept, blocks: Buffer.alloc(32) };
    const unknown = concluded(new HeldRows(act, altered), PEOPLE.slice(1));
    expect(unknown.first!.detail).toContain('what would tell which was altered too');
    const unsalted = concluded(new HeldRows(act, null), PEOPLE);
    expect(unsalted.first!.detail).toContain('salt');
  });

  it('of earlier days are counted and left open', () => {
    const { act } = anImport(true);
    const same = concluded(new HeldRows(act, null), PEOPLE);
    expect(same).toMatchObject({ agreed: 0, differing: 0, open: [{ count: 6 }] });
    const fewer = concluded(new HeldRows(act, null), PEOPLE.slice(1));
    expect(fewer.first!.detail).toContain('not as many as were recorded; 6 were recorded and 4');
  });
});

describe('the one leaf that was another', () => {
  it('is found in a tree of any size, and no other is', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        fc.boolean(),
        (size, pick, isTurned) => {
          const leaf = (at: number, what: string) => leafHash(`${at} ${what}`);
          const was = Array.from({ length: size }, (_, at) => leaf(at, 'approved'));
          const turned = pick % size;
          const is = was.map((hash, at) =>
            isTurned && at === turned ? leaf(at, 'returned') : hash,
          );
          const others = is.map((hash, at) => (hash === was[at] ? leaf(at, 'returned') : was[at]!));
          expect(oneOtherLeaf(is, others, rootOf(was))).toBe(isTurned ? turned : -1);
        },
      ),
    ));
});

describe('the first member that differs', () => {
  const words = new Set(['why']);

  it('is named by its place', () => {
    const stored = { a: { why: 'x', list: [1, { amount: '2' }] } };
    const at = (rebuilt: unknown) => firstOtherMember(stored, rebuilt, words);
    expect(at({ a: { why: 'y', list: [1, { amount: '2' }] } })).toBeNull();
    expect(at({ a: { list: [1, { amount: '3' }] } })).toEqual({
      at: '/a/list/1/amount',
      stored: '2',
      rebuilt: '3',
    });
    expect(at({ a: { list: [1] } })).toMatchObject({ at: '/a/list/1', rebuilt: undefined });
    expect(at({ a: { list: {} } })).toMatchObject({ at: '/a/list' });
    expect(at(null)).toMatchObject({ at: '/', rebuilt: null });
  });
});

describe('the acts of a trail', () => {
  const entry = (seq: number, type: string, payload: object) =>
    actOf(JSON.stringify({ seq: `${seq}`, type, personId: null, payload }));

  it('are told apart, and a computation is known by what asked for it', () => {
    const acts = new RecordedActs();
    const computation = { computationId: 'c', number: 1 };
    acts.add(entry(1, 'terms.activated', { number: 1 }));
    acts.add(entry(2, 'computation.requested', { ...computation, periodId: 'p' }));
    acts.add(entry(3, 'computation.computed', computation));
    acts.add(entry(4, 'participant.erased', { reference: 'P-1', erased: ['identity'] }));
    acts.add(entry(5, 'participant.erased-again', { reference: 'P-2', erased: ['record'] }));
    acts.add(entry(6, 'identifiers.read', { reference: 'P-2', identifiers: [] }));
    expect(acts.size).toBe(6);
    expect(acts.terms).toHaveLength(1);
    expect(acts.computed).toEqual([
      {
        requested: expect.objectContaining({ seq: 2n }),
        computed: expect.objectContaining({ seq: 3n }),
      },
    ]);
    expect([...acts.erased]).toEqual(['P-2']);
  });
});

describe('the findings of a replay', () => {
  it('keep the first difference of each part, in the order of the parts', () => {
    const findings = new Findings();
    findings.agree('lines', 3);
    findings.differ('lines', 7n, 'one');
    findings.differ('lines', null, 'two');
    findings.leaveOpen('measurements', 'because', 2);
    findings.leaveOpen('measurements', 'because');
    expect([findings.hasDifference('lines'), findings.hasDifference('claims')]).toEqual([
      true,
      false,
    ]);
    expect([findings.hasOpen('measurements'), findings.hasOpen('lines')]).toEqual([true, false]);
    expect(findings.report()).toEqual({
      agrees: false,
      parts: [
        {
          part: 'measurements',
          agreed: 0,
          differing: 0,
          first: null,
          open: [{ why: 'because', count: 3 }],
        },
        { part: 'lines', agreed: 3, differing: 2, first: { entry: 7n, detail: 'one' }, open: [] },
      ],
    });
  });
});
