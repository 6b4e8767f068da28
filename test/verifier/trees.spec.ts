import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  askNode,
  askPython,
  askWitness,
  type Case,
  type ConsistencyCase,
  type InclusionCase,
} from '../support/bundles/functions.mjs';
import { leafHash, LeafTree } from '../support/bundles/trees.mjs';

const vectors = JSON.parse(readFileSync(resolve(__dirname, 'rfc6962-vectors.json'), 'utf8')) as {
  readonly leaves: readonly string[];
  readonly roots: readonly string[];
} & Record<'inclusion' | 'inclusionRefused', readonly InclusionCase[]> &
  Record<'consistency' | 'consistencyRefused', readonly ConsistencyCase[]>;

const GARBAGE = ''; // as published: a hash of no bytes
const SOME_HASH = 'q6yroAAAAAAAAAAAAAAAAAAAAAAAAAAAAGAGHgASNFY=';

function flipped(hash: string, bit: number): string {
  const bytes = Buffer.from(hash, 'base64');
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return bytes.toString('base64');
}

const eachFlipped = (proof: readonly string[], bit: number) =>
  proof.map((_, at) => proof.map((hash, index) => (index === at ? flipped(hash, bit) : hash)));

/** What is published beside a sound inclusion proof, all of it wrong. */
function wrongInclusions(sound: InclusionCase): InclusionCase[] {
  const { index, size, root, proof } = sound;
  const proofs = [
    ...eachFlipped(proof, 3),
    [GARBAGE, ...proof],
    [...proof, GARBAGE],
    [root, ...proof],
    [...proof, root],
    ...(proof.length > 0 ? [proof.slice(0, -1), proof.slice(1), [proof[0]!, ...proof]] : []),
  ];
  const sizes = [
    { index: index + 1 },
    ...(index > 0 ? [{ index: index - 1 }] : []),
    { index: index ^ 2 },
    { size: size * 2 },
    { size: Math.floor(size / 2) },
  ];
  const hashes = [{ root: SOME_HASH }, { root: '' }, { leaf: 'V3JvbmdMZWFm' }];
  return [...proofs.map((one) => ({ proof: one })), ...sizes, ...hashes].map((wrong) => ({
    ...sound,
    ...wrong,
  }));
}

/** What is published beside a sound consistency proof, all of it wrong. */
function wrongConsistencies(sound: ConsistencyCase): ConsistencyCase[] {
  const { size1, size2, root1, root2, proof } = sound;
  if (proof.length === 0) return [];
  const proofs = [
    ...eachFlipped(proof, 4),
    [],
    [GARBAGE, ...proof],
    [...proof, GARBAGE],
    ...[root1, root2, proof[0]!].map((hash) => [hash, ...proof]),
    ...[root1, root2].map((hash) => [...proof, hash]),
    proof.slice(0, -1),
  ];
  const sizes = [size1 - 1, size1 + 1, size1 ^ 2].map((size) => ({ size1: size }));
  const others = [size2 * 2, Math.floor(size2 / 2)].map((size) => ({ size2: size }));
  const roots = [
    { root1: 'V3JvbmdSb290' },
    { root2: 'V3JvbmdSb290' },
    { root1: root2, root2: root1 },
  ];
  return [...proofs.map((one) => ({ proof: one })), ...sizes, ...others, ...roots].map((wrong) => ({
    ...sound,
    ...wrong,
  }));
}

const CASES: [Case, unknown][] = [
  ...vectors.roots.map((root, at): [Case, unknown] => [
    ['root', { leaves: vectors.leaves.slice(0, at + 1) }],
    root,
  ]),
  ...vectors.inclusion.map((sound): [Case, unknown] => [['inclusion', sound], true]),
  ...[...vectors.inclusion.flatMap(wrongInclusions), ...vectors.inclusionRefused].map(
    (wrong): [Case, unknown] => [['inclusion', wrong], false],
  ),
  ...vectors.consistency.map((sound): [Case, unknown] => [['consistency', sound], true]),
  ...[...vectors.consistency.flatMap(wrongConsistencies), ...vectors.consistencyRefused].map(
    (wrong): [Case, unknown] => [['consistency', wrong], false],
  ),
];
const asked = CASES.map(([one]) => one);
const wanted = CASES.map(([, answer]) => answer);

describe('published vectors of RFC 6962 trees', () => {
  it('hold in the verifier', () => {
    expect(askNode(asked)).toEqual(wanted);
  });

  it('hold in the verifier in Python', () => {
    expect(askPython(asked)).toEqual(wanted);
  });

  it('hold in the witness, for consistency of trees that are not empty', () => {
    const faults = CASES.filter(
      ([[name, one], answer]) =>
        name === 'consistency' &&
        one.size1 > 0 &&
        one.size1 <= one.size2 &&
        askWitness(one) !== answer,
    );
    expect(faults).toEqual([]);
  });

  it('hold in the trees that the tests make', () => {
    const hashes = vectors.leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
    const roots = hashes.map((_, at) =>
      new LeafTree(hashes.slice(0, at + 1)).root().toString('hex'),
    );
    expect(roots).toEqual(vectors.roots);
  });
});

describe('every proof of every small tree', () => {
  const hashes = Array.from({ length: 33 }, (_, at) => leafHash(`leaf ${at}`));
  const tree = new LeafTree(hashes);
  const base64 = (hash: Buffer) => hash.toString('base64');
  const cases: Case[] = [];
  for (let size = 1; size <= hashes.length; size += 1) {
    const root = base64(tree.root(size));
    const part = new LeafTree(hashes.slice(0, size));
    for (let index = 0; index < size; index += 1)
      cases.push([
        'inclusion',
        { index, size, root, leaf: base64(hashes[index]!), proof: part.path(index).map(base64) },
      ]);
    for (let earlier = 1; earlier <= size; earlier += 1)
      cases.push([
        'consistency',
        {
          size1: earlier,
          size2: size,
          root1: base64(tree.root(earlier)),
          root2: root,
          proof: tree.proof(earlier, size).map(base64),
        },
      ]);
  }

  it('holds in both verifiers and in the witness', () => {
    expect(askNode(cases)).toEqual(cases.map(() => true));
    expect(askPython(cases)).toEqual(cases.map(() => true));
    const unseen = cases.filter(([name, one]) => name === 'consistency' && !askWitness(one));
    expect(unseen).toEqual([]);
  });
});

describe('published keys', () => {
  const LOG_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const WITNESS_KEY =
    'witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G';
  const cases: [Case, string][] = [
    [['key', { vkey: LOG_KEY, type: 1 }], 'c74f20a3'],
    [['key', { vkey: WITNESS_KEY, type: 4 }], 'a3e00fe2'],
    [['key', { vkey: WITNESS_KEY, type: 1 }], 'refused'],
    [['key', { vkey: LOG_KEY, type: 4 }], 'refused'],
    [['key', { vkey: LOG_KEY.replace('c7', 'c8'), type: 1 }], 'refused'],
    [['key', { vkey: LOG_KEY.replace('Peter', 'Pete'), type: 1 }], 'refused'],
    [['key', { vkey: LOG_KEY.replace('TW', 'TX'), type: 1 }], 'refused'],
  ];

  it('have the ids that signed-note and tlog-cosignature give them', () => {
    const keys = cases.map(([one]) => one);
    expect(askNode(keys)).toEqual(cases.map(([, id]) => id));
    expect(askPython(keys)).toEqual(cases.map(([, id]) => id));
  });
});
