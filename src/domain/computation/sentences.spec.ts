import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score,
  somebody,
} from '../../../test/support/record.builder.js';
import type { Observation } from '../outcomes/participant-facts.js';

const LATE = period('2017-Q1', '2017-01-01', '2017-04-01');
const BASELINE = score('baseline', '2015-06-02', '8');
const first = (value: string, given: object = {}) => score('6m', '2015-12-10', value, given);
const second = (value: string) => score('18m', '2016-12-08', value);
const refused = (status: Observation['status']) => ({ status, value: null });

const SPAN = 'between 2015-06-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03)';
const SECOND_SPAN = 'between 2015-06-02 and 2016-12-08 (window 2016-10-20 to 2017-01-18)';

const points = (rule: object = {}, more: object = {}, modifiers: object[] = []) =>
  inForce(perPointTerms({ timePoints: ['6m'], ...rule }, more, modifiers));
const cap = (amount: string) => ({ caps: [{ id: 'all', scope: 'contract', amount }] });

describe('a line read aloud', () => {
  it.each<[string, ReturnType<typeof inForce>, Observation[], string[]]>([
    [
      'two points',
      points(),
      [BASELINE, first('6')],
      [`UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00 = £1,320.00 (clause 4.1).`],
    ],
    [
      'one point',
      points(),
      [BASELINE, first('7')],
      [`UCLA fell from 8 to 7 ${SPAN}: 1 point at £660.00 = £660.00 (clause 4.1).`],
    ],
    [
      'no point',
      points(),
      [BASELINE, first('8')],
      [
        `UCLA stayed at 8 ${SPAN}: nothing is payable, because there was no improvement on the baseline (clause 4.1).`,
      ],
    ],
    [
      'a point the wrong way',
      points(),
      [BASELINE, first('9')],
      [
        `UCLA rose from 8 to 9 ${SPAN}: nothing is payable, because there was no improvement on the baseline (clause 4.1).`,
      ],
    ],
    [
      'a point the wrong way, net',
      points({ count: 'net' }),
      [BASELINE, first('9')],
      [`UCLA rose from 8 to 9 ${SPAN}: -1 point at £660.00 = -£660.00 (clause 4.1).`],
    ],
    [
      'no change, net',
      points({ count: 'net' }),
      [BASELINE, first('8')],
      [`UCLA stayed at 8 ${SPAN}: 0 points at £660.00 = £0.00 (clause 4.1).`],
    ],
    [
      'no baseline',
      points(),
      [first('6')],
      [
        'UCLA was 6 on 2015-12-10 (window 2015-11-04 to 2016-01-03): nothing is payable, because there is no baseline to compare with (clause 4.1).',
      ],
    ],
    [
      'a baseline out of its window',
      points(),
      [score('baseline', '2015-03-02', '8'), first('6')],
      [
        'UCLA fell from 8 to 6 between 2015-03-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03): nothing is payable, because the baseline was measured outside its window (clause 4.1).',
      ],
    ],
    [
      'a follow-up out of its window',
      points(),
      [BASELINE, score('6m', '2016-01-04', '6')],
      [
        'UCLA fell from 8 to 6 between 2015-06-02 and 2016-01-04 (window 2015-11-04 to 2016-01-03): nothing is payable, because it was measured outside its window (clause 4.1).',
      ],
    ],
    [
      'no follow-up',
      points(),
      [BASELINE],
      [
        'No UCLA measurement at 6 months (window 2015-11-04 to 2016-01-03): nothing is payable, because the window closed without a measurement (clause 4.1).',
      ],
    ],
    [
      'declined',
      points(),
      [BASELINE, first('0', refused('declined'))],
      [
        'UCLA at 6 months was asked for on 2015-12-10 (window 2015-11-04 to 2016-01-03): nothing is payable, because the participant declined (clause 4.1).',
      ],
    ],
    [
      'could not be collected',
      points(),
      [BASELINE, first('0', refused('could-not-collect'))],
      [
        'UCLA at 6 months was asked for on 2015-12-10 (window 2015-11-04 to 2016-01-03): nothing is payable, because it could not be collected (clause 4.1).',
      ],
    ],
    [
      'a second wave that adds to the first',
      points({ timePoints: ['6m', '18m'] }),
      [BASELINE, first('7'), second('5')],
      [
        `UCLA fell from 8 to 7 ${SPAN}: 1 point at £660.00 = £660.00 (clause 4.1).`,
        `UCLA fell from 8 to 5 ${SECOND_SPAN}, counting the improvement beyond what was already paid: 2 points at £660.00 = £1,320.00 (clause 4.1).`,
      ],
    ],
    [
      'a second wave that adds nothing',
      points({ timePoints: ['6m', '18m'] }),
      [BASELINE, first('6'), second('7')],
      [
        `UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00 = £1,320.00 (clause 4.1).`,
        `UCLA fell from 8 to 7 ${SECOND_SPAN}: nothing is payable, because it adds nothing to the improvement already paid (clause 4.1).`,
      ],
    ],
    [
      'a second wave that gives back, net',
      points({ timePoints: ['6m', '18m'], count: 'net' }),
      [BASELINE, first('6'), second('7')],
      [
        `UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00 = £1,320.00 (clause 4.1).`,
        `UCLA fell from 8 to 7 ${SECOND_SPAN}, counting the change since the time point before: -1 point at £660.00 = -£660.00 (clause 4.1).`,
      ],
    ],
    [
      'at most three points',
      points({ maxPoints: '3' }),
      [BASELINE, first('3')],
      [
        `UCLA fell from 8 to 3 ${SPAN}, counting no more than 3: 3 points at £660.00 = £1,980.00 (clause 4.1).`,
      ],
    ],
    [
      'cut by the cap for each participant',
      points({}, {}, [{ type: 'M3', amount: '1000.00' }]),
      [BASELINE, first('6')],
      [
        `UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00, £1,000.00 after M3: at most £1,000.00 for each participant (clause 4.1).`,
        '£320.00 of this outcome is withheld, because the cap for each participant is reached (clause 4.1).',
      ],
    ],
    [
      'cut by a cap',
      points({}, cap('1000.00')),
      [BASELINE, first('6')],
      [
        `UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00 = £1,320.00, of which £1,000.00 is payable and £320.00 is withheld, because a cap is reached (clause 4.1).`,
        '£320.00 of this outcome is withheld, because a cap is reached (clause 4.1).',
      ],
    ],
    [
      'cut off by a cap',
      points({}, cap('0.00')),
      [BASELINE, first('6')],
      [
        `UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00 = £1,320.00, of which nothing is payable, because a cap is reached (clause 4.1).`,
      ],
    ],
    [
      'outside the population',
      points(
        {},
        {
          population: {
            description: 'Older',
            maximum: 9,
            attributes: { age: { type: 'number', label: 'Age' } },
            eligibility: { attribute: 'age', min: 80 },
          },
        },
      ),
      [BASELINE, first('6')],
      [
        `UCLA fell from 8 to 6 ${SPAN}: nothing is payable, because the participant is outside the population that is paid for (clause 4.1).`,
      ],
    ],
    [
      'an event',
      inForce(perEventTerms()),
      [event('job', 'letter-7', '2015-10-02')],
      ['"A job" on 2015-10-02 (evidence letter-7): 1 claim at £100.00 = £100.00 (clause 1).'],
    ],
  ])('%s', (_name, terms, observations, sentences) => {
    const lines = new ContractRecord().compute([terms], LATE, [somebody(observations)]);
    expect(lines.map(({ explanation }) => explanation)).toEqual(sentences);
  });

  it.each<[string, string, string, string]>([
    [
      'up',
      '7',
      '6',
      `UCLA fell from 8 to 6 ${SPAN}: 2 points at £660.00 = £1,320.00; £660.00 was posted before, so £660.00 is posted now (clause 4.1).`,
    ],
    [
      'down',
      '6',
      '7',
      `UCLA fell from 8 to 7 ${SPAN}: 1 point at £660.00 = £660.00; £1,320.00 was posted before, so -£660.00 is posted now (clause 4.1).`,
    ],
    [
      'to nothing',
      '6',
      '8',
      `UCLA stayed at 8 ${SPAN}: nothing is payable, because there was no improvement on the baseline; £1,320.00 was posted before, so -£1,320.00 is posted now (clause 4.1).`,
    ],
    [
      'from nothing',
      '8',
      '7',
      `UCLA fell from 8 to 7 ${SPAN}: 1 point at £660.00 = £660.00; nothing was posted before, so £660.00 is posted now (clause 4.1).`,
    ],
    [
      'up to a cap',
      '7',
      '4',
      `UCLA fell from 8 to 4 ${SPAN}: 4 points at £660.00 = £2,640.00; £660.00 was posted before, so £1,340.00 is posted now and £640.00 is withheld, because a cap is reached (clause 4.1).`,
    ],
  ])('a true-up %s', (_name, before, after, sentence) => {
    const record = new ContractRecord();
    const terms = [points({}, cap('2000.00'))];
    record.compute(terms, LATE, [somebody([BASELINE, first(before)])]);
    const [line] = record.compute(terms, LATE, [
      somebody([BASELINE, first(after, { version: 2 })]),
    ]);
    expect(line!.explanation).toBe(`Corrects line trial.1.1. ${sentence}`);
  });

  it('what was taken back', () => {
    const record = new ContractRecord();
    record.compute([inForce(perEventTerms())], LATE, [somebody([event('job', 'a', '2015-10-02')])]);
    const [line] = record.compute([inForce(perEventTerms())], LATE, [somebody([])]);
    expect(line!.explanation).toBe(
      'Corrects line trial.1.1. Nothing is payable, because the record or the term it rested on no longer stands; ' +
        '£100.00 was posted before, so -£100.00 is posted now (clause 1).',
    );
  });
});
