// The functions that both verifiers and the witness have inside, each asked about the same cases.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import {
  isConsistent,
  isIncluded,
  leafHash,
  parseVerifierKey,
  Tree,
} from '../../../verifier/outturn-verify.mjs';
import { goesOn } from '../../../verifier/outturn-witness.mjs';

const bytes = (text) => Buffer.from(text, 'base64');

function rootOf(leaves) {
  const tree = new Tree();
  for (const leaf of leaves) tree.add(leafHash(Buffer.from(leaf, 'hex')));
  return tree.root().toString('hex');
}

/** Which key a verifier key says it is: its id, or that it is refused. */
function idOf(vkey, type) {
  try {
    return parseVerifierKey(vkey, type).id;
  } catch {
    return 'refused';
  }
}

const NODE = {
  root: ({ leaves }) => rootOf(leaves),
  inclusion: ({ index, size, leaf, proof, root }) =>
    isIncluded(index, size, bytes(leaf), proof.map(bytes), bytes(root)) === true,
  consistency: ({ size1, root1, size2, root2, proof }) =>
    isConsistent(size1, bytes(root1), size2, bytes(root2), proof.map(bytes)),
  key: ({ vkey, type }) => idOf(vkey, type),
};

const PYTHON = `
import base64, json, sys
sys.path.insert(0, sys.argv[1])
import outturn_verify as v
def root(leaves):
    tree = v.GrowingTree()
    for leaf in leaves: tree.append(v.leaf_hash(bytes.fromhex(leaf)))
    return tree.root().hex()
def key(vkey, type):
    try: return v.Key(vkey.encode(), type).key_id.hex()
    except v.CannotDecide: return "refused"
b = base64.b64decode
ask = dict(
    root=lambda leaves: root(leaves),
    inclusion=lambda index, size, leaf, proof, root: v.inclusion_holds(index, size, b(leaf), [b(p) for p in proof], b(root)),
    consistency=lambda size1, root1, size2, root2, proof: v.consistency_holds(size1, b(root1), size2, b(root2), [b(p) for p in proof]),
    key=key)
print(json.dumps([ask[name](**case) for name, case in json.load(sys.stdin)]))
`;

/** What Node's verifier answers to cases, each a name and its arguments. */
export const askNode = (cases) => cases.map(([name, asked]) => NODE[name](asked));

/** What Python's verifier answers to the same. */
export function askPython(cases) {
  const folder = path.resolve(process.cwd(), 'verifier');
  const { stdout, stderr } = spawnSync('python3', ['-c', PYTHON, folder], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What the witness answers to a consistency proof. */
export const askWitness = ({ size1, root1, size2, root2, proof }) =>
  goesOn(size1, bytes(root1), size2, bytes(root2), proof.map(bytes));
