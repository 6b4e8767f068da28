import { commandOf, type Application } from '../cli/application.js';
import type { ClaimView } from '../claims/claim-view.js';
import type { IssueReceipt } from '../statements/issued-document.js';
import { IssuingService } from '../statements/issuing.service.js';
import type { DemoContract } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';

/** The commissioner issues the statement of the claimed period to investors. Done once, however often the demo starts. */
export async function issueClaimedPeriod(
  { get }: Application,
  keys: DemoKeys,
  { code, people }: DemoContract,
  { computation }: ClaimView,
): Promise<IssueReceipt> {
  const commissioner = keys.actorOf(people.commissioner.email);
  const periodId = computation.period;
  const command = commandOf(commissioner, ['demo-issue', code, periodId]);
  return (await get(IssuingService).issue(command, code, periodId)).result;
}
