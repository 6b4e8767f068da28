import { commandOf, type Application } from '../cli/application.js';
import { claimTag } from '../claims/claim-tag.js';
import { ClaimsService } from '../claims/claims.service.js';
import type { ClaimView } from '../claims/claim-view.js';
import { DecisionService } from '../claims/decision.service.js';
import { SubmissionService } from '../claims/submission.service.js';
import type { ComputationView } from '../payments/computation-view.js';
import type { DemoContract } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';

const REASON = 'The form of the follow-up is not signed. Please send it with the next claim.';

/**
 * The provider claims a period; a person of the commissioner, who entered no score, returns one line with a reason and
 * approves the rest. Done once, however often the demo is started.
 */
export async function reviewClaim(
  { get }: Application,
  keys: DemoKeys,
  { code, people, claimedPeriod }: DemoContract,
  asked: readonly ComputationView[],
): Promise<ClaimView | null> {
  const computation = asked.find(({ period }) => period.id === claimedPeriod)?.number;
  if (computation === undefined) return null;
  const claimant = keys.actorOf(people.claimant.email);
  const commissioner = keys.actorOf(people.commissioner.email);
  const { number, revision } = (
    await get(SubmissionService).submit(
      commandOf(claimant, ['demo-claim', code, `${computation}`]),
      code,
      {
        computation,
        lines: null,
      },
    )
  ).result;
  const claims = get(ClaimsService);
  const page = { limit: 1, cursor: null, state: null, clause: null };
  const [first] = (await claims.lines(commissioner, code, number, page)).items;
  await get(DecisionService).decide(
    commandOf(commissioner, ['demo-decide', code, `${number}`]),
    code,
    number,
    {
      ifMatch: claimTag(code, number, revision),
      decisions: [{ line: first!.line, decision: 'returned', reason: REASON }],
      approveUndecided: true,
    },
  );
  return claims.get(commissioner, code, number);
}
