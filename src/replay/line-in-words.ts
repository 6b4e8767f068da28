import { formatLineReference } from '../domain/computation/line-reference.js';
import { encodeLine, type PaymentLine } from '../domain/computation/payment-line.js';
import type { OtherLine } from '../payments/computation-replay.service.js';

/** Names a line that is stored otherwise than it is computed again, what of it differs, and what it rests on. */
export function differenceOfLine(
  contract: string,
  computation: number,
  { lineNo, stored, computed }: OtherLine,
): string {
  const name = formatLineReference({ contract, computation, lineNo });
  if (computed === null) return `Line ${name} is stored, and is not computed again.`;
  if (stored === null)
    return `Line ${name} is computed again, and is not stored (or cannot be read).`;
  const [was, is] = [stored, computed].map(membersOf) as [Members, Members];
  const member = Object.keys(is).find(
    (key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]),
  );
  const restsOn =
    computed.evidence.length > 0 ? `, which rests on ${computed.evidence.join(', ')}` : '';
  const whose = computed.participant ?? `cohort ${computed.cohort}`;
  return `Line ${name} of ${whose}${restsOn}, differs in its ${member ?? 'content'}: stored is ${shown(was[member ?? ''])}, and computed again ${shown(is[member ?? ''])}.`;
}

type Members = Readonly<Record<string, unknown>>;

const membersOf = (line: PaymentLine): Members => JSON.parse(encodeLine(line)) as Members;
const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
