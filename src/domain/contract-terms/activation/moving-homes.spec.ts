import { perEventTerms } from '../../../../test/support/record.builder.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { parseDraft } from '../parse.js';
import { activationProblems } from './activation-problems.js';

type Share = readonly [payer: string, share: string];
const shares = (...all: Share[]) => all.map(([payer, share]) => ({ payer, share }));
const whole = (payer: string) => shares([payer, '1']);

const faults = (wyre: object[], others: object[], capped: readonly string[]) => {
  const parties = [
    ...trialTerms().parties,
    { id: 'district', name: 'The district', role: 'commissioner' },
  ];
  const terms = perEventTerms({
    parties,
    population: {
      description: 'Everybody',
      maximum: 10,
      attributes: { home: { type: 'choice', label: 'Home', values: ['wyre', 'malvern'] } },
    },
    split: { type: 'S2', attribute: 'home', homes: [{ is: 'wyre', shares: wyre }], others },
    caps: capped.map((payer) => ({ id: payer, scope: 'payer', payer, amount: '60.00' })),
  });
  return activationProblems(parseDraft(trialTerms(terms)));
};

describe("a payer's cap beside payers by home", () => {
  const half = shares(['council', '1/2'], ['fund', '1/2']);
  const most = shares(['council', '3/5'], ['fund', '2/5']);
  it.each<[string, object[], object[], string[], number]>([
    ['the same payers in other ratios', half, most, ['fund'], 1],
    ['the same payers in other ratios, without a cap', half, most, [], 0],
    [
      'the same shares, written otherwise',
      half,
      shares(['fund', '50%'], ['council', '0.5']),
      ['fund'],
      0,
    ],
    ['each its own payer', whole('district'), whole('council'), ['council', 'district'], 0],
    ['one pays for both and another for one', half, whole('council'), ['fund'], 1],
    [
      'each its own payer and one fund, which is capped',
      shares(['district', '1/2'], ['fund', '1/2']),
      half,
      ['fund'],
      0,
    ],
    [
      'each its own payer and one fund, all of them capped',
      shares(['district', '1/2'], ['fund', '1/2']),
      half,
      ['fund', 'council', 'district'],
      3,
    ],
    [
      'a payer with a share of nothing',
      shares(['council', '1'], ['fund', '0']),
      whole('district'),
      ['fund'],
      0,
    ],
  ])('%s', (_, wyre, others, capped, count) => {
    const found = faults(wyre, others, capped).map(({ code }) => code);
    expect(found).toEqual(Array.from({ length: count }, () => 'HOMES_NOT_TOLD_APART'));
  });

  it('is refused in words', () =>
    expect(faults(half, most, ['fund'])).toEqual([
      {
        at: '/caps/0',
        code: 'HOMES_NOT_TOLD_APART',
        detail:
          'If the home of a participant were corrected from "wyre" to any other place, a line that a payer\'s cap may have cut could not be moved, because nobody without a cap pays for "wyre" alone. Give each home a payer of its own, give both the same shares, or cap the contract instead.',
      },
    ]));
});
