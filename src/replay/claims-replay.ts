import { Injectable } from '@nestjs/common';
import { LinesOfActs } from '../claims/lines-of-acts.js';
import { leafOfLine, type ActedLine } from '../domain/claims/claim-line.js';
import { LinesTree } from '../domain/claims/lines-tree.js';
import { leafHash, type TreeHash } from '../domain/log/hashes.js';
import { oneOtherLeaf } from '../domain/replay/one-other-leaf.js';
import type { RecordedAct } from '../domain/replay/recorded-acts.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ReplayContext } from './replay-context.js';
import { ReplayRepository, type ClaimRow, type DecisionActRow } from './replay.repository.js';

/** Up to so many lines of an act, the one that was altered is looked for. */
const SOUGHT_MAX = 50_000;
const BEFORE_TREES =
  'recorded when an entry did not yet commit to its lines by a tree: rows and counts agree, and the lines themselves are checked with the computations';

/** Lines that an act put into a claim or decided, rebuilt from what is stored. */
interface Rebuilt {
  readonly tree: LinesTree;
  readonly lines: readonly ActedLine[];
}

/**
 * Rebuilds the lines of every claim and what was decided of each, and holds both against the entries of the claim and of
 * its decisions. The state of a line is stored nowhere else: it follows from these acts.
 */
@Injectable()
export class ClaimsReplay {
  constructor(
    private readonly repository: ReplayRepository,
    private readonly linesOfActs: LinesOfActs,
  ) {}

  /** Only the claim with the number, where one is named. */
  async replay(tx: Transaction, context: ReplayContext, only: number | null): Promise<void> {
    const { contract, acts, findings } = context;
    const isAsked = ({ payload }: { readonly payload: { readonly number: number } }) =>
      only === null || payload.number === only;
    const claims = new Map(
      (await this.repository.claims(tx, contract.id)).map((row) => [row.id, row]),
    );
    for (const act of acts.claims.filter(isAsked)) {
      const row = claims.get(act.payload.claimId);
      if (row === undefined)
        findings.differ(
          'claims',
          act.seq,
          `Claim ${act.payload.number} of entry ${act.seq} is gone.`,
        );
      else await this.submission(tx, context, act, row);
    }
    const known = new Set(acts.claims.map(({ payload }) => payload.claimId));
    for (const { id, number } of claims.values())
      if (!known.has(id))
        findings.differ('claims', null, `No entry recorded that claim ${number} was submitted.`);
    await this.decisions(tx, context, claims, isAsked);
  }

  private async submission(
    tx: Transaction,
    context: ReplayContext,
    act: RecordedAct<'claim.submitted'>,
    row: ClaimRow,
  ): Promise<void> {
    const { seq, personId, payload } = act;
    const other = firstOther([
      ['number', payload.number, row.number],
      ['number of lines', payload.lines, row.lines],
      ['number of lines under it', payload.lines, row.held],
      ['total', payload.totalMinor, row.total_minor],
      ['computation', payload.computationId, row.computation_id],
      ['submitter', personId, row.submitted_by],
      ['entry', `${seq}`, row.recorded_seq ?? `${seq}`],
      ['number of acts', 1 + decisionsOf(context, payload.claimId), row.revision],
    ]);
    const { findings } = context;
    if (other !== null) findings.differ('claims', seq, `Of claim ${payload.number}, the ${other}.`);
    if (row.lines_salt === null) return findings.leaveOpen('claims', BEFORE_TREES);
    const place = { claimId: row.id, computationId: payload.computationId, act: null };
    const rebuilt = await this.rebuild(tx, context, place, row.lines_salt);
    const total = rebuilt.tree.of('submitted');
    const isSame =
      rebuilt.tree.root() === payload.linesHash && `${total.amountMinor}` === payload.totalMinor;
    if (isSame && other === null) return findings.agree('claims');
    if (!isSame)
      findings.differ(
        'claims',
        seq,
        `Claim ${payload.number} was submitted with ${payload.lines} lines and ${payload.totalMinor} minor units; rebuilt, it has ${total.lines} and ${total.amountMinor}, and they are not the lines that entry ${seq} commits to.`,
      );
  }

  private async decisions(
    tx: Transaction,
    context: ReplayContext,
    claims: ReadonlyMap<string, ClaimRow>,
    isAsked: (act: RecordedAct<'claim.decided'>) => boolean,
  ): Promise<void> {
    const { contract, acts, findings } = context;
    const rows = await this.repository.decisionActs(tx, contract.id);
    const bySeq = new Map(rows.map((row) => [row.recorded_seq, row]));
    for (const act of acts.decisions.filter(isAsked)) {
      const row = bySeq.get(`${act.seq}`);
      const claim = claims.get(act.payload.claimId);
      if (row !== undefined && claim !== undefined)
        await this.decision(tx, context, act, row, claim);
      else if (
        rows.some((one) => one.recorded_seq === null && one.claim_id === act.payload.claimId)
      )
        findings.leaveOpen('decisions', BEFORE_TREES);
      else
        findings.differ(
          'decisions',
          act.seq,
          `The decisions of entry ${act.seq} on claim ${act.payload.number} are gone.`,
        );
    }
    const known = new Set(acts.decisions.map(({ seq }) => `${seq}`));
    const before = new Set(acts.decisions.map(({ payload }) => payload.claimId));
    for (const { claim_id: id, recorded_seq: seq } of rows)
      if (seq === null ? !before.has(id) : !known.has(seq))
        findings.differ(
          'decisions',
          null,
          `No entry recorded decisions that are stored on claim ${claims.get(id)?.number}.`,
        );
  }

  private async decision(
    tx: Transaction,
    context: ReplayContext,
    { seq, personId, payload }: RecordedAct<'claim.decided'>,
    row: DecisionActRow,
    claim: ClaimRow,
  ): Promise<void> {
    const { findings } = context;
    const { number } = payload;
    if (row.deciders.length !== 1 || row.deciders[0] !== personId)
      return findings.differ(
        'decisions',
        seq,
        `Whoever decided claim ${number} by entry ${seq} stands otherwise beside its decisions.`,
      );
    const place = { claimId: row.claim_id, computationId: claim.computation_id, act: row.act };
    const salt = Buffer.from(row.salt!, 'hex');
    const { tree, lines } = await this.rebuild(tx, context, place, salt);
    if (tree.root() === payload.decisionsHash && row.claim_id === payload.claimId)
      return findings.agree('decisions', tree.size);
    const [approved, returned] = [tree.of('approved'), tree.of('returned')];
    const turned = turnedLine(lines, salt, payload.decisionsHash);
    findings.differ(
      'decisions',
      seq,
      `Entry ${seq} decided claim ${number}: ${payload.approved} lines approved (${payload.approvedMinor}) and ${payload.returned} returned (${payload.returnedMinor}); rebuilt are ${approved.lines} (${approved.amountMinor}) and ${returned.lines} (${returned.amountMinor})${turned}.`,
    );
  }

  private async rebuild(
    tx: Transaction,
    { contract }: ReplayContext,
    place: {
      readonly claimId: string;
      readonly computationId: string;
      readonly act: number | null;
    },
    salt: Uint8Array,
  ): Promise<Rebuilt> {
    const { size, pages } = await this.linesOfActs.of(tx, contract.code, place);
    const tree = new LinesTree(salt);
    const lines: ActedLine[] = [];
    for await (const page of pages)
      for (const line of page) {
        tree.add(line);
        if (size <= SOUGHT_MAX) lines.push(line);
      }
    return { tree, lines };
  }
}

const decisionsOf = ({ acts }: ReplayContext, claimId: string): number =>
  acts.decisions.filter(({ payload }) => payload.claimId === claimId).length;

type Pair = readonly [name: string, recorded: unknown, stored: unknown];

function firstOther(pairs: readonly Pair[]): string | null {
  const other = pairs.find(([, recorded, stored]) => recorded !== stored);
  if (other === undefined) return null;
  const [name, recorded, stored] = other;
  return `${name} was recorded as ${String(recorded)}, and stored is ${String(stored)}`;
}

/** Names the one line whose decision was turned round, where that is all that was done. */
function turnedLine(lines: readonly ActedLine[], salt: Uint8Array, root: string): string {
  const leaf = (line: ActedLine): TreeHash => leafHash(leafOfLine(salt, line));
  const index = oneOtherLeaf(
    lines.map(leaf),
    lines.map((line) =>
      leaf({ ...line, what: line.what === 'approved' ? 'returned' : 'approved' }),
    ),
    Buffer.from(root, 'hex'),
  );
  const line = lines[index];
  if (line === undefined) return '';
  return `: line ${line.reference} is stored as ${line.what} and was not`;
}
