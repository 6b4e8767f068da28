import { periodsOf } from '../../calendar/period-calendar.js';
import { modifierOf } from '../../modifiers/registry.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import type { Clause, TermsDocument } from '../terms.schema.js';
import { allOf, checkOf, fault } from './check.js';

/**
 * Caps beside steps that adjust many outcomes by one line (M6, M9-sample, caps on the mix). Such a line counts under each
 * heading that its outcomes count under, so that a cap bites on what the adjustment leaves. Where it cannot, because the
 * line is about no participant, has one metric and one day, the two are refused together.
 */
export const adjustedCaps = allOf(
  checkOf(['caps', 'clauses'], ({ caps, clauses }) => [
    ...caps.flatMap((cap, i) =>
      cap.scope === 'participant'
        ? clauses
            .filter(({ id }) => cap.clauses?.includes(id) ?? true)
            .filter(hasBands)
            .map(({ id }) => fault(`/caps/${i}`, 'CAP_BEFORE_BANDS', beforeBands(id)))
        : [],
    ),
    ...clauses.flatMap((clause, c) =>
      hasBands(clause)
        ? clause.modifiers.flatMap(({ type }, m) =>
            type === 'M3'
              ? [fault(`/clauses/${c}/modifiers/${m}`, 'CAP_BEFORE_BANDS', beforeBands(clause.id))]
              : [],
          )
        : [],
    ),
  ]),

  checkOf(['caps', 'clauses'], ({ caps, clauses }) =>
    caps.flatMap((cap, i) =>
      cap.scope === 'metric'
        ? adjusted({ caps, clauses })
            .filter(({ rule }) => countsSeveral(rule) && metricsOf(rule).includes(cap.metric))
            .map(({ id }) =>
              fault(
                `/caps/${i}`,
                'CAP_ON_PART_OF_CLAUSE',
                `Clause ${id} counts several metrics and is adjusted as a whole, so nobody can say how much of it "${cap.metric}" brings in. Cap the clause instead, or give each metric its own clause.`,
              ),
            )
        : [],
    ),
  ),

  checkOf(['caps', 'clauses', 'split', 'periods', 'effective'], (terms) =>
    terms.caps.flatMap((cap, i) =>
      cap.scope === 'payer'
        ? adjusted(terms)
            .flatMap((clause) => dividedOtherwise(terms, clause) ?? [])
            .slice(0, 1)
            .map((why) => fault(`/caps/${i}`, 'CAP_ON_PART_OF_CLAUSE', why))
        : [],
    ),
  ),
);

type ClauseTerms = Pick<Clause, 'id' | 'rule' | 'modifiers'>;

const hasBands = ({ modifiers }: ClauseTerms): boolean =>
  modifiers.some(({ type }) => type === 'M6');

const beforeBands = (clause: string): string =>
  `Clause ${clause} is priced by volume bands, which are reckoned for all participants together, so what one of them brings in is not known when a cap for each participant bites. Cap the clause instead, or price it without bands.`;

const metricsOf = (rule: Clause['rule']): readonly string[] => mechanismOf(rule).metrics(rule);
const countsSeveral = (rule: Clause['rule']): boolean => metricsOf(rule).length > 1;

/** Clauses whose outcomes are adjusted together. */
const adjusted = ({ caps, clauses }: Pick<TermsDocument, 'caps' | 'clauses'>): Clause[] =>
  clauses.filter(
    ({ id, modifiers }) =>
      modifiers.some((modifier) => modifierOf(modifier).collective !== undefined) ||
      caps.some((cap) => cap.scope === 'mix' && cap.clauses.includes(id)),
  );

type SplitTerms = Pick<TermsDocument, 'split' | 'periods' | 'effective'>;

/** Why an adjusting line of the clause has other payers than the outcomes it adjusts; null where it has the same. */
function dividedOtherwise({ split, periods, effective }: SplitTerms, clause: Clause) {
  const so = `Clause ${clause.id} is adjusted by one line for all participants, which`;
  const remedy = 'Cap the contract or the clause instead, or divide by fixed shares.';
  if (split.type === 'S2')
    return `${so} has no home, so a payer's cap cannot count what is adjusted for its own. ${remedy}`;
  if (split.type === 'S3' && countsSeveral(clause.rule))
    return `${so} has one metric where its outcomes have several, so a payer's cap cannot count what is adjusted for it. ${remedy}`;
  if (split.type !== 'S4') return null;
  const starts = new Set<string>(periodsOf(periods, effective.to).map(({ from }) => from));
  const within = split.then.find(({ from }) => !starts.has(from));
  return within === undefined
    ? null
    : `${so} stands on the last day of a period, and a phase begins within one, on ${within.from}, so a payer's cap cannot count what is adjusted for it. Let phases begin with periods, or cap the contract instead.`;
}
