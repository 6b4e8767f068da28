import { formatMoney, money, parseMoney } from '../money/money.js';
import type { Step } from '../outcomes/outcome.js';
import type { Cap, TermsDocument } from '../contract-terms/terms.schema.js';
import { splitOf } from '../payer-splits/registry.js';

/**
 * What has been posted so far under each heading that a cap may limit, in minor units. Keys: "contract", "clause:4.1",
 * "metric:ucla", "period:2015-Q2" (what computations of that period posted) and "payer:wcc".
 */
export type CapUse = Map<string, bigint>;

/** The heading under which a cap counts. Caps per participant and on the mix of clauses are met earlier, and count under none. */
export function capHeading(cap: Cap, periodId: string): string | null {
  switch (cap.scope) {
    case 'participant':
    case 'mix':
      return null;
    case 'clause':
      return `clause:${cap.clause}`;
    case 'metric':
      return `metric:${cap.metric}`;
    case 'period':
      return `period:${periodId}`;
    case 'payer':
      return `payer:${cap.payer}`;
    case 'contract':
      return 'contract';
  }
}

/** Whether anything is limited over more than one participant, by a cap on amounts or by the payers' split. */
export const limitsMany = ({ caps, split }: TermsDocument): boolean =>
  caps.some(({ scope }) => scope !== 'participant' && scope !== 'mix') ||
  splitOf(split).limits(split).length > 0;

/** A cap ready to bite: its limit, the heading it counts under, and which lines it concerns. */
interface OpenCap {
  readonly id: string;
  readonly limitMinor: bigint;
  readonly heading: string;
  readonly payer: string | null;
  concerns(line: { clause: string; metric: string }): boolean;
}

export interface OpenCaps {
  /** Cuts an amount by every cap on amounts, in the order of the terms; a reduction is never cut. */
  cut(amountMinor: bigint, line: { clause: string; metric: string }, steps: Step[]): bigint;
  /** Cuts payers' parts by their own caps, after the split. */
  cutParts(parts: ReadonlyMap<string, bigint>, steps: Step[]): ReadonlyMap<string, bigint>;
  /** What a payer has carried so far. */
  usedBy(payer: string): bigint;
  /** Counts what a line posted against every heading. */
  count(line: { clause: string; metric: string }, parts: ReadonlyMap<string, bigint>): void;
}

/** The caps of the terms over more than one participant (M4), opened over what is already used. */
export function openCaps(terms: TermsDocument, periodId: string, use: CapUse): OpenCaps {
  const caps: OpenCap[] = terms.caps.flatMap((cap) => {
    const heading = capHeading(cap, periodId);
    if (heading === null || cap.scope === 'mix') return [];
    return {
      id: cap.id,
      limitMinor: parseMoney(cap.amount, terms.currency).minor,
      heading,
      payer: cap.scope === 'payer' ? cap.payer : null,
      concerns: (line: { clause: string; metric: string }) =>
        cap.scope === 'clause'
          ? line.clause === cap.clause
          : cap.scope === 'metric'
            ? line.metric === cap.metric
            : true,
    };
  });
  const onAmounts = caps.filter((cap) => cap.payer === null);
  const onPayers = caps.filter((cap) => cap.payer !== null);

  const cutOne = (cap: OpenCap, amountMinor: bigint, steps: Step[]): bigint => {
    if (amountMinor <= 0n) return amountMinor;
    const room = cap.limitMinor - (use.get(cap.heading) ?? 0n);
    const left = room <= 0n ? 0n : amountMinor < room ? amountMinor : room;
    if (left === amountMinor) return amountMinor;
    const limit = formatMoney(money(cap.limitMinor, terms.currency));
    steps.push({
      step: `cap:${cap.id}`,
      before: `${amountMinor}`,
      after: `${left}`,
      why: `${cap.heading} is limited to ${limit}`,
    });
    return left;
  };

  return {
    cut: (amountMinor, line, steps) =>
      onAmounts.reduce(
        (left, cap) => (cap.concerns(line) ? cutOne(cap, left, steps) : left),
        amountMinor,
      ),

    cutParts(parts, steps) {
      if (onPayers.length === 0) return parts;
      const cut = new Map(parts);
      for (const cap of onPayers)
        cut.set(cap.payer!, cutOne(cap, cut.get(cap.payer!) ?? 0n, steps));
      return cut;
    },

    usedBy: (payer) => use.get(`payer:${payer}`) ?? 0n,

    count(line, parts) {
      let amountMinor = 0n;
      for (const [payer, part] of parts) {
        amountMinor += part;
        use.set(`payer:${payer}`, (use.get(`payer:${payer}`) ?? 0n) + part);
      }
      for (const heading of [
        'contract',
        `clause:${line.clause}`,
        `metric:${line.metric}`,
        `period:${periodId}`,
      ])
        use.set(heading, (use.get(heading) ?? 0n) + amountMinor);
    },
  };
}
