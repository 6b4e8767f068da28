import { levelsOf } from '../contract-terms/clause-levels.js';
import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { modifierOf } from '../modifiers/registry.js';
import { mechanismOf } from '../payment-mechanisms/registry.js';
import { post, type Account, type PostingScope } from './accounts.js';

/** An account in two: clauses under which it gives back more than it receives, and the others. Null where there is none. */
export interface TwoTurns {
  readonly takesBack: Account | null;
  readonly rest: Account | null;
}

/**
 * Divides an account into its two turns. Whatever gives back on balance is posted in the first, for everybody, and
 * whatever receives in the second: so the room that is given back is there for all who come after, and who stands where
 * in the order of participants changes no total. The balance is that of a clause, because what is corrected under it
 * belongs together: the participant whose event was recorded twice or on a wrong day has the first claim on the room.
 */
export function inTwoTurns(scope: PostingScope, account: Account): TwoTurns {
  if (givesNothingBack(account)) return { takesBack: null, rest: account };
  const clauses = new Set<string>();
  for (const { outcome } of account.weighed.values()) clauses.add(outcome.clause);
  for (const { last } of account.posted.values()) clauses.add(last.clause);
  const gives = [...clauses].filter((clause) => balanceMinor(scope, under(account, clause)) < 0n);
  if (gives.length === 0) return { takesBack: null, rest: account };
  if (gives.length === clauses.size) return { takesBack: account, rest: null };
  const takesBack = (clause: string) => gives.includes(clause);
  return {
    takesBack: restricted(account, takesBack),
    rest: restricted(account, (clause) => !takesBack(clause)),
  };
}

/** Whether it can be seen at once: nothing was posted that could be returned, and nothing found is below nil. */
function givesNothingBack({ posted, weighed }: Account): boolean {
  if (posted.size > 0) return false;
  for (const { outcome } of weighed.values()) if (outcome.exactMinor.numerator < 0n) return false;
  return true;
}

/** What the account would receive, if no cap stood in the way. */
const balanceMinor = (scope: PostingScope, account: Account): bigint =>
  post(scope, [account], ({ foreseeing }) => foreseeing).reduce(
    (sum, { amountMinor }) => sum + amountMinor,
    0n,
  );

const under = (account: Account, clause: string): Account =>
  restricted(account, (one) => one === clause);

const restricted = (
  { subject, weighed, posted }: Account,
  concerns: (clause: string) => boolean,
): Account => ({
  subject,
  weighed: new Map([...weighed].filter(([, { outcome }]) => concerns(outcome.clause))),
  posted: new Map([...posted].filter(([, { last }]) => concerns(last.clause))),
});

/**
 * Whether a first computation of the terms can already post less than nothing: outcomes counted net, steps and caps that
 * adjust many outcomes together, and whatever is paid for whole cohorts.
 */
export function mayPostBelowNil({ clauses, caps }: TermsDocument): boolean {
  const levels = levelsOf(clauses);
  return (
    caps.some(({ scope }) => scope === 'mix') ||
    clauses.some(
      ({ id, rule, modifiers }) =>
        levels.get(id) === 'cohort' ||
        mechanismOf(rule).nets?.(rule) === true ||
        modifiers.some((modifier) => modifierOf(modifier).collective !== undefined),
    )
  );
}
