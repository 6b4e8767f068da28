import fc from 'fast-check';
import { RowsCommitment, type RowsCommitted } from '../../domain/log/rows-commitment.js';
import { recordedText, type CommittedContent } from '../recorded-text.js';
import { RecordedRows } from './recorded-rows.js';
import { Roster } from './roster.js';

interface Row {
  readonly participant: number;
  readonly content: CommittedContent;
  readonly day: number;
}

const SALT = Buffer.alloc(32, 7);
const referenceOf = (participant: number) => `P-${participant}`;

function rosterOf(people: number): Roster {
  const roster = new Roster();
  for (let participant = 0; participant < people; participant += 1) {
    const bytes = Buffer.from(referenceOf(participant), 'utf8');
    roster.add(participant + 1, bytes, 0, bytes.length);
  }
  return roster;
}

const contentOf = (occurrence: string, value: string): CommittedContent => ({
  metric: 'ucla',
  occurrence,
  status: 'recorded',
  value,
  mode: null,
  items: null,
  endedOn: null,
});

/** As an import does: row by row, with a block of the file read now and then. */
function committed(rows: readonly Row[], people: number, blockRows: number): RowsCommitted {
  const written = new RecordedRows(rosterOf(people), SALT);
  rows.forEach(({ participant, day, content }, at) => {
    written.add(participant, day, written.what(content));
    if (at % blockRows === blockRows - 1) written.advance();
  });
  return written.commit();
}

/** As whoever reads what is stored does. */
function asStored(rows: readonly Row[]): RowsCommitted {
  const commitment = new RowsCommitment(SALT);
  const said = rows.map((row) => ({ ...row, text: recordedText(row.content) }));
  said.sort((a, b) => a.participant - b.participant || (a.text < b.text ? -1 : 1));
  said.forEach(({ participant, text, day }, at) => {
    if (said[at - 1]?.participant !== participant) commitment.subject(referenceOf(participant));
    commitment.say(text, day);
  });
  return commitment.finish();
}

/** Three measurements of everybody, in the roster's order and over several blocks of the commitment. */
const inOrder = (people: number): Row[] =>
  Array.from({ length: people * 3 }, (_, at) => {
    const participant = Math.floor(at / 3);
    const occurrence = ['baseline', '6m', '18m'][at % 3]!;
    return {
      participant,
      day: participant * 7 + at,
      content: contentOf(occurrence, `${(at * 31) % 41}`),
    };
  });

describe('what an import has recorded', () => {
  const rows = inOrder(400);

  it.each<[string, Row[]]>([
    ['keeps the order of the roster', rows],
    ['has it the other way round', rows.toReversed()],
    [
      'is sorted by time point',
      rows.toSorted((a, b) => (a.content.occurrence < b.content.occurrence ? -1 : 1)),
    ],
    ['has one row too late', [...rows.slice(0, 5), ...rows.slice(6), rows[5]!]],
    ['leaves the first people out', rows.slice(600)],
    ['is empty', []],
  ])('is committed to as it is stored when the file %s', (_what, file) => {
    for (const blockRows of [1, 100, file.length])
      expect(committed(file, 400, blockRows)).toEqual(asStored(file));
  });

  it('is the same whatever the order of the file and wherever its blocks end', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            participant: fc.nat(30),
            day: fc.integer({ min: -1000, max: 9000 }),
            content: fc
              .tuple(fc.stringMatching(/^[a-cé]{1,3}$/), fc.nat(9).map(String))
              .map(([occurrence, value]) => contentOf(occurrence, value)),
          }),
          { maxLength: 400, selector: (r) => `${r.participant} ${r.content.occurrence}` },
        ),
        fc.integer({ min: 1, max: 50 }),
        (file, blockRows) => {
          const stored = asStored(file);
          expect(committed(file, 31, blockRows)).toEqual(stored);
          const sorted = file.toSorted((a, b) => a.participant - b.participant);
          expect(committed(sorted, 31, blockRows)).toEqual(stored);
        },
      ),
    );
  });
});
