import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { firstOtherMember } from '../domain/replay/first-other-member.js';
import type { RecordedAct } from '../domain/replay/recorded-acts.js';
import { IssueMaking, type StoredIssue } from '../statements/issue-making.service.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ReplayContext } from './replay-context.js';

/** Sentences of the program's own in a statement; a later edition of the program may say them otherwise. */
const WORDS: ReadonlySet<string> = new Set(['control', 'notes', 'why']);
const BEFORE_TREES =
  'not made again, because decisions before it were recorded when acts did not yet name their entry: its document is the one that its entry commits to';
const RESTS_ON_OTHERS =
  'not made again, because terms, lines, decisions or statements that it rests on differ: its document is the one that its entry commits to';

const RESTS_ON = ['terms', 'computations', 'lines', 'claims', 'decisions', 'statements'] as const;

/** Which issue of which period is asked about. */
export interface NamedIssue {
  readonly periodId: string;
  readonly number: number;
}

/**
 * Makes every issued statement again from what was known when its entry was written, and holds it against the document
 * that is stored, whose digest the entry has.
 */
@Injectable()
export class StatementsReplay {
  constructor(
    private readonly making: IssueMaking,
    private readonly audit: AuditService,
  ) {}

  async replay(tx: Transaction, context: ReplayContext, only: NamedIssue | null): Promise<void> {
    const { contract, acts, findings } = context;
    const stored = await this.making.stored(tx, contract.id);
    const asked = acts.statements.filter(
      ({ payload }) =>
        only === null || (payload.number === only.number && payload.periodId === only.periodId),
    );
    for (const act of asked) await this.one(tx, context, act, stored);
    const known = new Set(acts.statements.map(({ payload }) => payload.number));
    for (const { number } of stored)
      if (!known.has(number))
        findings.differ(
          'statements',
          null,
          `No entry recorded that statement ${number} was issued.`,
        );
  }

  private async one(
    tx: Transaction,
    context: ReplayContext,
    act: RecordedAct<'statement.issued'>,
    stored: readonly StoredIssue[],
  ): Promise<void> {
    const { findings } = context;
    const { seq, payload } = act;
    const { number, periodId } = payload;
    const name = `Statement ${periodId}/${number}`;
    const issue = stored.find((one) => one.number === number);
    if (issue === undefined || issue.periodId !== periodId)
      return findings.differ('statements', seq, `${name} of entry ${seq} is gone.`);
    const isSame =
      createHash('sha256').update(issue.document).digest('hex') === payload.documentHash;
    const why = whyNotAgain(context);
    if (why !== null) {
      if (isSame) return findings.leaveOpen('statements', why);
      return findings.differ(
        'statements',
        seq,
        `${name} is not the document that entry ${seq} commits to.`,
      );
    }
    const other = await this.difference(tx, context, act, stored, issue);
    if (isSame && other === null) return findings.agree('statements');
    findings.differ(
      'statements',
      seq,
      isSame
        ? `${name} is as it was issued, and the record does not give it again: ${other}.`
        : `${name} is not the document that entry ${seq} commits to: ${other ?? 'only its words differ from what the record gives'}.`,
    );
  }

  /** Where the stored document differs from the one that the record gives; null where it does not. */
  private async difference(
    tx: Transaction,
    { contract, acts }: ReplayContext,
    { seq, payload }: RecordedAct<'statement.issued'>,
    stored: readonly StoredIssue[],
    { document }: StoredIssue,
  ): Promise<string | null> {
    const computations = acts.computed
      .filter(({ computed }) => computed.seq < seq)
      .map(({ computed }) => computed.payload.number);
    const sequence = seq - 1n;
    const head = { sequence, hash: await this.audit.noteOf(tx, contract.id, sequence) };
    const known = { entry: seq, computations, head };
    try {
      const { document: again, misplaced } = await this.making.again(
        tx,
        contract,
        stored,
        payload.number,
        known,
      );
      const other = firstOtherMember(
        JSON.parse(document),
        JSON.parse(JSON.stringify(again)),
        WORDS,
      );
      if (other === null && misplaced > 0)
        return `${misplaced} lines are not marked as its entry left them`;
      return other && `${other.at} is ${shown(other.stored)}, and rebuilt ${shown(other.rebuilt)}`;
    } catch (error) {
      if (error instanceof Error) return error.message;
      throw error;
    }
  }
}

/** A statement is made again only from what agrees; what rests on a difference would be another one for that alone. */
function whyNotAgain({ findings }: ReplayContext): string | null {
  if (RESTS_ON.some((part) => findings.hasDifference(part))) return RESTS_ON_OTHERS;
  return findings.hasOpen('decisions') ? BEFORE_TREES : null;
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
