import type { Cap, TermsDocument } from '../contract-terms/terms.schema.js';
import { parseMoney } from '../money/money.js';
import type { ClaimLineState } from './line-states.js';

/** Lines in a claim, folded: how many of a clause and metric are in one state, and what they come to. */
export interface LineFold {
  readonly clause: string;
  readonly metric: string;
  readonly state: ClaimLineState;
  readonly lines: number;
  readonly amountMinor: bigint;
}

/** Parts of lines, folded by the payer who bears them. `periodId` is the period of the computation they come from. */
export interface PartFold {
  readonly clause: string;
  readonly metric: string;
  readonly periodId: string;
  readonly payer: string;
  readonly state: ClaimLineState;
  readonly amountMinor: bigint;
}

export interface StateTotals {
  readonly lines: number;
  readonly amountMinor: bigint;
}

/** What one payer bears of a claim, in all and by what has been decided. */
export interface PayerShare {
  readonly payer: string;
  readonly amountMinor: bigint;
  readonly awaitingMinor: bigint;
  readonly approvedMinor: bigint;
  readonly returnedMinor: bigint;
}

/** How a cap stands if everything in the claim that is not returned is paid. */
export interface CapStanding {
  readonly cap: Cap;
  readonly limitMinor: bigint;
  /** Approved lines of other claims. */
  readonly usedMinor: bigint;
  /** Lines of this claim that are approved or await a decision. */
  readonly thisClaimMinor: bigint;
  readonly headroomMinor: bigint;
}

/** What a commissioner sees before deciding: whose money, under which limits, then how much of what. */
export interface ClaimAccount {
  readonly payers: readonly PayerShare[];
  readonly caps: readonly CapStanding[];
  readonly total: StateTotals;
  readonly byState: ReadonlyMap<ClaimLineState, StateTotals>;
  readonly byClause: readonly (StateTotals & {
    readonly clause: string;
    readonly byState: ReadonlyMap<ClaimLineState, StateTotals>;
  })[];
}

/** Thrown, as a fault of ours and never of the reader's, when parts and lines do not come to the same. */
export class ClaimDoesNotTie extends Error {
  constructor(linesMinor: bigint, partsMinor: bigint) {
    super(`the lines of the claim come to ${linesMinor} and their parts to ${partsMinor}`);
    this.name = 'ClaimDoesNotTie';
  }
}

export interface ClaimFolds {
  readonly lines: readonly LineFold[];
  readonly parts: readonly PartFold[];
  /** Parts of approved lines in every other claim of the contract. */
  readonly approvedElsewhere: readonly Omit<PartFold, 'state'>[];
}

/** Assembles the account of a claim from folded rows, and throws unless payers' parts come to exactly the lines. */
export function claimAccount(
  terms: Pick<TermsDocument, 'caps' | 'currency'>,
  payers: readonly string[],
  periodId: string,
  folds: ClaimFolds,
): ClaimAccount {
  const total = totalsOf(folds.lines);
  const partsMinor = sumOf(folds.parts);
  if (partsMinor !== total.amountMinor) throw new ClaimDoesNotTie(total.amountMinor, partsMinor);
  return {
    payers: payersOf(payers, folds.parts).map((payer) => shareOf(payer, folds.parts)),
    caps: terms.caps.flatMap((cap) => standingOf(cap, terms, periodId, folds)),
    total,
    byState: byStateOf(folds.lines),
    byClause: distinct(folds.lines.map(({ clause }) => clause)).map((clause) => {
      const lines = folds.lines.filter((fold) => fold.clause === clause);
      return { clause, ...totalsOf(lines), byState: byStateOf(lines) };
    }),
  };
}

/** Payers in the order of the terms; then any that only earlier terms name. */
const payersOf = (payers: readonly string[], parts: readonly { payer: string }[]): string[] =>
  distinct([...payers, ...parts.map(({ payer }) => payer)]);

function shareOf(payer: string, parts: readonly PartFold[]): PayerShare {
  const own = parts.filter((part) => part.payer === payer);
  const inState = (state: ClaimLineState) => sumOf(own.filter((part) => part.state === state));
  return {
    payer,
    amountMinor: sumOf(own),
    awaitingMinor: inState('awaiting'),
    approvedMinor: inState('approved'),
    returnedMinor: inState('returned'),
  };
}

function standingOf(
  cap: Cap,
  terms: Pick<TermsDocument, 'currency'>,
  periodId: string,
  folds: ClaimFolds,
): CapStanding[] {
  // met before a line is whole, in the computation
  if (cap.scope === 'participant' || cap.scope === 'mix') return [];
  const concerns = concernOf(cap, periodId);
  const limitMinor = parseMoney(cap.amount, terms.currency).minor;
  const usedMinor = sumOf(folds.approvedElsewhere.filter(concerns));
  const thisClaimMinor = sumOf(
    folds.parts.filter((part) => part.state !== 'returned' && concerns(part)),
  );
  return [
    {
      cap,
      limitMinor,
      usedMinor,
      thisClaimMinor,
      headroomMinor: limitMinor - usedMinor - thisClaimMinor,
    },
  ];
}

function concernOf(
  cap: Exclude<Cap, { scope: 'participant' | 'mix' }>,
  periodId: string,
): (part: Omit<PartFold, 'state'>) => boolean {
  switch (cap.scope) {
    case 'clause':
      return (part) => part.clause === cap.clause;
    case 'metric':
      return (part) => part.metric === cap.metric;
    case 'payer':
      return (part) => part.payer === cap.payer;
    case 'period':
      return (part) => part.periodId === periodId;
    case 'contract':
      return () => true;
  }
}

function byStateOf(folds: readonly LineFold[]): ReadonlyMap<ClaimLineState, StateTotals> {
  const states = distinct(folds.map(({ state }) => state));
  return new Map(states.map((state) => [state, totalsOf(folds.filter((f) => f.state === state))]));
}

const totalsOf = (folds: readonly LineFold[]): StateTotals => ({
  lines: folds.reduce((count, fold) => count + fold.lines, 0),
  amountMinor: sumOf(folds),
});

const sumOf = (folds: readonly { readonly amountMinor: bigint }[]): bigint =>
  folds.reduce((total, { amountMinor }) => total + amountMinor, 0n);

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];
