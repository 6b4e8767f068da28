import type { Cap, TermsDocument } from '../../contract-terms/terms.schema.js';
import type { Currency } from '../../money/currency.js';
import { formatMoney, parseMoney } from '../../money/money.js';
import { section, sentences, steps, type Section } from '../sheet.js';

/** Limits over more than one line, in the order in which they bite. */
export const capsSection = ({ caps, currency }: TermsDocument): Section =>
  section(
    'Limits',
    sentences(caps.length > 1 ? 'They bite in this order:' : null),
    steps(caps.map((cap) => `${capInWords(cap, currency)} (${cap.id}).`)),
  );

function capInWords(cap: Cap, currency: Currency): string {
  if (cap.scope === 'mix')
    return (
      `Clauses ${cap.clauses.join(', ')} make up at most ${cap.percent} of what all clauses pay, ` +
      (cap.over === 'period' ? 'in each period' : 'over the contract up to the end of each period')
    );
  const most = `at most ${formatMoney(parseMoney(cap.amount, currency))}`;
  switch (cap.scope) {
    case 'participant':
      return `For each participant ${most}${cap.clauses ? ` under clauses ${cap.clauses.join(', ')}` : ''}`;
    case 'clause':
      return `Under clause ${cap.clause} ${most}`;
    case 'metric':
      return `For ${cap.metric} ${most}`;
    case 'period':
      return `In each period ${most}`;
    case 'payer':
      return `From ${cap.payer} ${most}`;
    case 'contract':
      return `Over the whole contract ${most}`;
  }
}
