import { aRate, EFFECT } from '../../../../test/support/measure.builder.js';
import { perEventTerms } from '../../../../test/support/record.builder.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { parseDraft } from '../parse.js';
import { activationProblems } from './activation-problems.js';

const clause = (id: string, rule: object) => ({
  id,
  title: 'x',
  rule,
  modifiers: [],
  verifiedBy: 'university',
});
const ON_EFFECT = clause('5.1', {
  type: 'R5',
  measure: { of: 'effect', metric: 'reconvictions' },
  floor: '5%',
  ceiling: '10%',
  pays: { by: 'maximum', amount: '1000.00' },
});
const ON_RATE = clause('6.1', {
  type: 'R11',
  measure: { of: 'rate', metric: 'visits' },
  pays: { by: 'unit', price: '1.00' },
});
const TRIAL = trialTerms();
const faults = (
  comparison: object,
  clauses: readonly object[] = TRIAL.clauses,
  metrics: readonly object[] = [],
) =>
  activationProblems(
    parseDraft({
      ...TRIAL,
      metrics: [...TRIAL.metrics, ...metrics],
      comparison: { deadweightPercent: '0%', ...comparison },
      clauses,
    }),
  )
    .filter(({ at }) => at.startsWith('/comparison'))
    .map(({ at, code, detail }) => [at, code, detail].join(' '));

const SIGNED = [...TRIAL.clauses, ON_EFFECT];
const RATED = [...TRIAL.clauses, ON_RATE];
const ONE_GROUP = aRate();
const TWO_GROUPS = aRate({ groups: ['all', 'poor'] });
const UNLIKE =
  '/comparison/method COMPARISON_EMPTY No clause pays on a result against controls. Pay on an effect metric, on a rate with groups to tell apart, or on the difference between two arms.';
const UNSIGNED =
  '/comparison/method COMPARISON_EMPTY No clause pays on an effect metric that somebody signs.';
const UNCOMPARED =
  '/comparison/method COMPARISON_EMPTY No clause compares with it. Where it is only shown, say in a note what it is and where it comes from.';

describe('a method of comparison', () => {
  it.each<[string, Parameters<typeof faults>, string[]]>([
    ['their own baseline', [{ method: 'own-baseline' }], []],
    [
      'an outside series that nobody named',
      [{ method: 'external-benchmark' }],
      [
        '/comparison/method COMPARISON_EMPTY Say under benchmark which outside series results are compared with.',
      ],
    ],
    [
      'an outside series',
      [{ method: 'external-benchmark', benchmark: { source: 'ELSA', use: 'shown' } }],
      [],
    ],
    ['controls, of which no clause pays', [{ method: 'matched-control' }], [UNLIKE]],
    [
      'controls, on an effect that no clause pays on',
      [{ method: 'matched-control' }, TRIAL.clauses, [EFFECT]],
      [UNLIKE],
    ],
    [
      'controls, on an effect beside a score',
      [{ method: 'matched-control' }, SIGNED, [EFFECT]],
      [],
    ],
    [
      'controls, on a rate of one group',
      [{ method: 'matched-control' }, RATED, [ONE_GROUP]],
      [UNLIKE],
    ],
    ['controls, on a rate by group', [{ method: 'matched-control' }, RATED, [TWO_GROUPS]], []],
    [
      'a signed effect, which no clause pays on',
      [{ method: 'signed-external-effect' }],
      [UNSIGNED],
    ],
    [
      'a signed effect, on a rate by group',
      [{ method: 'signed-external-effect' }, RATED, [TWO_GROUPS]],
      [UNSIGNED],
    ],
    ['a signed effect', [{ method: 'signed-external-effect' }, SIGNED, [EFFECT]], []],
    ['a history that no clause asks for', [{ method: 'historic-baseline' }], [UNCOMPARED]],
    ['a history that is only shown', [{ method: 'historic-baseline', note: 'Census.' }], []],
    ['a projection that no clause asks for', [{ method: 'projection' }], [UNCOMPARED]],
    [
      'nothing, though a score is paid',
      [{ method: 'none-for-events' }],
      [
        '/comparison/method COMPARISON_MISSING A clause pays for a change in a score: say what the change is compared with.',
      ],
    ],
    [
      'nothing, though a score among others is paid',
      [{ method: 'none-for-events' }, SIGNED, [EFFECT]],
      [
        '/comparison/method COMPARISON_MISSING A clause pays for a change in a score: say what the change is compared with.',
      ],
    ],
    [
      'deadweight of more than all',
      [{ method: 'own-baseline', deadweightPercent: '101%' }],
      ['/comparison/deadweightPercent PERCENT_OUT_OF_RANGE "101%" is not between 0% and 100%.'],
    ],
  ])('%s', (_name, given, sentences) => expect(faults(...given)).toEqual(sentences));

  it('may be none where only events are paid', () =>
    expect(
      activationProblems(
        parseDraft(
          trialTerms({
            ...perEventTerms(),
            comparison: { method: 'none-for-events', deadweightPercent: '0%' },
          }),
        ),
      ).filter(({ at }) => at.startsWith('/comparison')),
    ).toEqual([]));
});
