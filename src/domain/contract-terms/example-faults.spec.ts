import { anEffect, aRate } from '../../../test/support/figures.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { exampleFaults } from './example-faults.js';
import { MOST_PARTICIPANTS, trialSchema } from './example.schema.js';
import { parseTerms } from './parse.js';

const SPELL = {
  id: 'tenancy',
  kind: 'spell',
  label: 'A tenancy',
  paid: false,
  definition: 'Lives there.',
  evidence: ['Lease'],
};
const population = {
  description: 'People.',
  maximum: 1000,
  attributes: {
    age: { type: 'number', label: 'Age', min: 18, max: 115 },
    lives_alone: { type: 'yes-no', label: 'Lives alone' },
    area: { type: 'choice', label: 'Area', values: ['north', 'south'] },
  },
};
const cohorts = [
  { id: 'first', label: 'First', opensOn: '2015-04-01', closesOn: '2015-12-31' },
  { id: 'second', label: 'Second', opensOn: '2016-01-01', closesOn: '2016-12-31' },
];
const metrics = [
  ...trialTerms().metrics,
  SPELL,
  aRate({ completes: ['late'] }),
  aRate({ id: 'late', label: 'Visits late' }),
  anEffect(),
];
const TWO = parseTerms(trialTerms({ metrics, population, cohorts }));
const ONE = parseTerms(trialTerms({ metrics, population }));

const found = (example: object, terms = TWO) =>
  exampleFaults(terms, trialSchema.parse(example)).map(({ at, code }) => `${at} ${code}`);

const seen = (more: object = {}) => ({
  metric: 'ucla',
  occurrence: '6m',
  measuredOn: '2015-12-10',
  value: '6',
  ...more,
});
const spell = (more: object = {}) => ({
  metric: 'tenancy',
  occurrence: 'T-1',
  measuredOn: '2015-07-01',
  ...more,
});
const somebody = (more: object = {}) => ({ cohort: 'first', startedOn: '2015-06-04', ...more });
const ofTwo = (...observations: object[]) => ({ participants: [somebody({ observations })] });
const figure = (more: object = {}) => ({
  metric: 'on-time',
  from: '2015-04-01',
  to: '2015-07-01',
  numerator: 103,
  denominator: '120',
  ...more,
});
const result = (more: object = {}) => ({
  metric: 'reconvictions',
  value: '8.4%',
  n: 936,
  signedOn: '2016-03-01',
  ...more,
});

describe('an example', () => {
  it.each<[string, object]>([
    ['one participant in short', { startedOn: '2015-06-04', observations: [seen()] }],
    ['nobody', { participants: [] }],
    ['a figure alone', { figures: [figure()] }],
    ['a signed result alone', { effects: [result(), result({ cohort: 'first' })] }],
    [
      'parts that make up the whole',
      { figures: [figure(), figure({ metric: 'late', numerator: 17 })] },
    ],
    [
      'a spell that lasts, and one that ended',
      ofTwo(spell(), spell({ occurrence: 'T-2', endedOn: '2015-08-01' })),
    ],
    ['somebody who declined', ofTwo(seen({ value: undefined, status: 'declined' }))],
    ['many who are alike', { participants: [somebody({ times: MOST_PARTICIPANTS })] }],
    [
      'every kind of attribute',
      { participants: [somebody({ attributes: { age: 18, lives_alone: true, area: 'north' } })] },
    ],
  ])('may have %s', (_name, example) => expect(found(example)).toEqual([]));

  it('need not name the cohort where there is one', () => {
    const participants = [{ startedOn: '2015-06-04' }];
    expect(found({ participants }, ONE)).toEqual([]);
    expect(found({ participants })).toEqual(['/participants/0/cohort COHORT_MISSING']);
  });

  it.each<[string, object, string[]]>([
    ['nothing', {}, [' EXAMPLE_EMPTY']],
    [
      'somebody in short and in the list',
      { startedOn: '2015-06-04', participants: [] },
      ['/participants EXAMPLE_SAYS_TWO_THINGS'],
    ],
    ['a score of nobody', { observations: [seen()] }, ['/startedOn START_MISSING']],
    [
      'more than can be worked through',
      { participants: [somebody({ times: MOST_PARTICIPANTS }), somebody()] },
      ['/participants EXAMPLE_TOO_LARGE'],
    ],
    [
      'more steps than are taken for one answer',
      {
        participants: [
          somebody({
            times: 5_000,
            observations: Array.from({ length: 40 }, (_, i) => spell({ occurrence: `T-${i}` })),
          }),
        ],
      },
      [' EXAMPLE_TOO_LARGE'],
    ],
    [
      'more figures than are worked through',
      { figures: Array.from({ length: 1_001 }, () => figure()) },
      ['/figures EXAMPLE_TOO_LARGE'],
    ],
    [
      'two of one reference',
      { participants: [somebody({ reference: 'P-1' }), somebody({ reference: 'P-1' })] },
      ['/participants/1/reference NAMED_TWICE'],
    ],
    [
      'an unknown cohort',
      { participants: [somebody({ cohort: 'third' })] },
      ['/participants/0/cohort COHORT_UNKNOWN'],
    ],
    [
      'a start outside the cohort',
      { participants: [somebody({ startedOn: '2016-01-01' })] },
      ['/participants/0/startedOn START_OUTSIDE_COHORT'],
    ],
    [
      'an exit before the start',
      { participants: [somebody({ exitedOn: '2015-06-03' })] },
      ['/participants/0/exitedOn EXIT_BEFORE_START'],
    ],
    [
      'attributes of the wrong kind',
      {
        participants: [
          somebody({ attributes: { age: 17, lives_alone: 'yes', area: 'west', x: 1 } }),
        ],
      },
      [
        '/participants/0/attributes/age ATTRIBUTE_INVALID',
        '/participants/0/attributes/lives_alone ATTRIBUTE_INVALID',
        '/participants/0/attributes/area ATTRIBUTE_INVALID',
        '/participants/0/attributes/x ATTRIBUTE_UNDECLARED',
      ],
    ],
    [
      'one measurement twice',
      ofTwo(seen(), seen()),
      ['/participants/0/observations/1/occurrence NAMED_TWICE'],
    ],
    [
      'a rate measured on somebody',
      ofTwo(seen({ metric: 'late' })),
      ['/participants/0/observations/0/metric METRIC_NOT_OF_PARTICIPANTS'],
    ],
    [
      'a score that lasts',
      ofTwo(seen({ endedOn: '2016-01-01' })),
      ['/participants/0/observations/0/endedOn END_ONLY_FOR_SPELLS'],
    ],
    [
      'a spell of no day',
      ofTwo(spell({ endedOn: '2015-07-01' })),
      ['/participants/0/observations/0/endedOn ENDED_BEFORE_STARTED'],
    ],
    [
      'a spell that was declined and has a score',
      ofTwo(spell({ status: 'declined', value: '1' })),
      [
        '/participants/0/observations/0/value VALUE_NOT_FOR_EVENTS',
        '/participants/0/observations/0/status STATUS_NOT_FOR_EVENTS',
      ],
    ],
    [
      'a score that was declined',
      ofTwo(seen({ status: 'declined' })),
      ['/participants/0/observations/0/value SCORE_NOT_FOR_STATUS'],
    ],
    [
      'a figure that could not be submitted',
      { figures: [figure({ numerator: 121 }), figure({ metric: 'ucla' })] },
      ['/figures/0/numerator PART_LARGER_THAN_WHOLE', '/figures/1/metric METRIC_NOT_A_RATE'],
    ],
    [
      'parts that do not sum',
      { figures: [figure(), figure({ metric: 'late', numerator: 18 })] },
      ['/figures PARTS_DO_NOT_SUM'],
    ],
    ['one figure twice', { figures: [figure(), figure()] }, ['/figures SPANS_OVERLAP']],
    [
      'a result that could not be signed',
      { effects: [result({ value: '8.4', cohort: 'third' })] },
      ['/effects/0/cohort COHORT_UNKNOWN', '/effects/0/value VALUE_UNREADABLE'],
    ],
    [
      'one result twice',
      { effects: [result(), result({ cohort: '*' })] },
      ['/effects/1 NAMED_TWICE'],
    ],
  ])('with %s is refused', (_name, example, faults) => expect(found(example)).toEqual(faults));
});
