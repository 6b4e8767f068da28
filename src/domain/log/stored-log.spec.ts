import { rootOf } from './frontier.js';
import { leafHash } from './hashes.js';
import { TreeOfHeads } from './heads.js';
import { headsLeaf } from './leaf-text.js';
import { StoredLog, type StoredLeaf } from './stored-log.js';

const entryAt = (index: number, seq: bigint, text = `entry ${seq}`): StoredLeaf => ({
  index,
  stream: 'service',
  seq,
  text,
});
const heads = (index: number, seq: bigint): StoredLeaf => ({
  index,
  stream: null,
  seq: null,
  text: headsLeaf({
    heads: new TreeOfHeads([{ stream: 'service', seq }]).root(),
    recordedAt: '2015-06-02T09:30:00.000Z',
    streams: 1,
  }),
});
const WHOLE = [entryAt(0, 1n), entryAt(1, 2n), heads(2, 2n)];
const faultOf = (found: ReturnType<StoredLog['add']>) => ('bad' in found ? found.bad.fault : null);

function logOf(leaves: readonly StoredLeaf[]): StoredLog {
  const log = new StoredLog();
  for (const leaf of leaves) expect(faultOf(log.add(leaf))).toBeNull();
  return log;
}

describe('a stored log', () => {
  it('is whole where leaves, hashes, checkpoint and end agree', () => {
    const log = new StoredLog();
    for (const leaf of WHOLE) {
      const added = log.add(leaf);
      if ('bad' in added) throw new Error(added.bad.detail);
      for (const subtree of added.made) expect(log.hold(leaf, subtree, subtree.hash)).toBeNull();
    }
    const root = rootOf(WHOLE.map(({ text }) => leafHash(text!)));
    expect(log.holdCheckpoint(WHOLE[2]!, { size: 3, root })).toBeNull();
    expect(log.holdEnd(3, [{ stream: 'service', seq: 2n }])).toBeNull();
  });

  it.each([
    ['a leaf is missing', [WHOLE[0]!, heads(2, 1n)], 'missing-leaf'],
    ['an entry is gone', [{ ...WHOLE[0]!, text: null }], 'missing-entry'],
    ['an entry does not follow', [WHOLE[0]!, entryAt(1, 3n)], 'other-number'],
    ['the heads say less', [WHOLE[0]!, WHOLE[1]!, heads(2, 1n)], 'other-heads'],
  ])('is not whole where %s', (_, leaves, fault) => {
    const log = logOf(leaves.slice(0, -1));
    expect(faultOf(log.add(leaves.at(-1)!))).toBe(fault);
  });

  it('tells a leaf that differs from a hash above it', () => {
    const log = new StoredLog();
    log.add(WHOLE[0]!);
    const added = log.add(WHOLE[1]!);
    if ('bad' in added) throw new Error(added.bad.detail);
    const [leaf, above] = added.made;
    expect(log.hold(WHOLE[1]!, leaf!, leafHash('x'))?.fault).toBe('other-leaf');
    expect(log.hold(WHOLE[1]!, above!, leafHash('x'))?.fault).toBe('other-hash');
    expect(log.hold(WHOLE[1]!, above!, null)?.fault).toBe('other-hash');
  });

  it('is not whole where its checkpoint or its end says otherwise', () => {
    const log = logOf(WHOLE);
    const stream = 'service';
    expect(log.holdCheckpoint(WHOLE[2]!, null)?.fault).toBe('other-checkpoint');
    const other = { size: 3, root: leafHash('x') };
    expect(log.holdCheckpoint(WHOLE[2]!, other)?.fault).toBe('other-checkpoint');
    expect(log.holdEnd(4, [{ stream, seq: 2n }])?.fault).toBe('missing-leaf');
    expect(log.holdEnd(2, [{ stream, seq: 2n }])?.fault).toBe('other-checkpoint');
    expect(log.holdEnd(3, [{ stream, seq: 1n }])?.fault).toBe('other-heads');
  });
});
