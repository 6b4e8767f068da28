import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { rootOf } from '../frontier.js';
import { leafHash } from '../hashes.js';
import { subtreesOf, widthOf } from '../subtrees.js';
import { toBase64 } from '../base64.js';
import { bundleLine, entryLine } from './bundle-lines.js';
import { BundleText } from './bundle-text.js';
import { withGaps } from './gaps.js';
import { TreeLines } from './tree-lines.js';

const SALT = Buffer.alloc(32, 7);
const leafOf = (index: number) => `leaf ${index}`;

describe('the lines of an act in a bundle', () => {
  /** What is written of a tree of which some leaves are shown. */
  const written = (shown: readonly boolean[]): Record<string, unknown>[] => {
    const tree = new TreeLines();
    const texts = shown.flatMap((isShown, index) =>
      tree.add({ leaf: leafOf(index), shown: isShown ? { salt: SALT, body: '{}' } : null }),
    );
    return [...texts, ...tree.end()].map((text) => JSON.parse(text) as Record<string, unknown>);
  };

  it('are shown or lie in gaps, every leaf once, and no gap follows a gap', () =>
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 70 }), (shown) => {
        let next = 0;
        let before = '';
        for (const line of written(shown)) {
          if (line['kind'] === 'line') {
            expect([line['index'], shown[next]]).toEqual([String(next), true]);
            next += 1;
          } else {
            const [from, to] = [Number(line['from']), Number(line['to'])];
            expect([from, before]).toEqual([next, before === 'gap' ? 'no gap' : before]);
            expect(shown.slice(from, to)).toEqual(Array.from({ length: to - from }, () => false));
            const hashes = subtreesOf({ from, to }).map(({ level, index }) =>
              toBase64(
                rootOf(
                  Array.from({ length: widthOf(level) }, (_, at) =>
                    leafHash(leafOf(index * widthOf(level) + at)),
                  ),
                ),
              ),
            );
            expect(line['hashes']).toEqual(hashes);
            next = to;
          }
          before = line['kind'] as string;
        }
        expect(next).toBe(shown.length);
      }),
    ));
});

describe('the text of a bundle', () => {
  it('ends with how many lines stand before, and their digest', () => {
    const bundle = new BundleText();
    const before = bundle.add('{"a":1}') + bundle.add('{"b":"£"}');
    const sha256 = createHash('sha256').update(before).digest('hex');
    expect(bundle.end()).toBe(`{"kind":"end","lines":"2","sha256":"${sha256}"}\n`);
  });

  it('begins with what is to be proved, in canonical form', () =>
    expect(
      bundleLine({
        origin: 'example.org/log',
        contract: 'c',
        stream: 's',
        subject: { type: 'claim', number: 3n },
      }),
    ).toBe(
      '{"contract":"c","format":"outturn-bundle/v2","kind":"bundle","origin":"example.org/log","stream":"s","subject":{"number":"3","type":"claim"}}',
    ));

  it('shows of a closed entry neither salt nor body, nor what it was', () => {
    const leaf = {
      commitment: Buffer.alloc(32, 1),
      seq: 1n,
      stream: 's',
      type: 'person.created',
    };
    const closed = JSON.parse(entryLine(4, leaf, null)) as object;
    expect(Object.keys(closed)).toEqual(['commitment', 'index', 'kind', 'seq', 'type']);
    expect(closed).toMatchObject({ type: 'act' });
    expect(entryLine(4, leaf, { salt: SALT, body: '{"x":1}' })).toContain('"body":"{\\"x\\":1}"');
  });
});

describe('leaves with gaps between them', () => {
  it('say what lies before each, and come in order', () => {
    expect(withGaps([{ index: 2 }, { index: 3 }], 1).map(({ before }) => before)).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 3 },
    ]);
    expect(() => withGaps([{ index: 2 }, { index: 2 }], 0)).toThrow('in the order');
  });
});
