import { aWording } from '../../../test/support/clause.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { event, somebody } from '../../../test/support/record.builder.js';
import {
  aMeasureContext,
  CONVICTION,
  scored,
  UCLA,
} from '../../../test/support/measure.builder.js';
import { armDifference, type ArmDifferenceTerms } from './arm-difference.js';

const EVENTS: ArmDifferenceTerms = {
  of: 'arm-difference',
  attribute: 'treated',
  treated: true,
  comparison: false,
  counts: { what: 'events', metric: 'conviction', months: 12, per: 'participant', better: 'lower' },
  as: 'difference',
  cohorts: 'each',
};
const SCORES: ArmDifferenceTerms = {
  ...EVENTS,
  counts: { what: 'mean-change', metric: 'ucla', timePoint: '6m', missing: 'exclude' },
};

const inArm = (treated: boolean, given: Partial<ParticipantFacts> = {}) => ({
  attributes: { treated },
  ...given,
});
/** Somebody with events on the days given, who started on 4 June 2015. */
const convicted = (
  treated: boolean,
  days: readonly string[],
  given: Partial<ParticipantFacts> = {},
) =>
  somebody(
    days.map((on, index) => event('conviction', `c${index}`, on)),
    { ...inArm(treated), ...given },
  );

const value = (terms: ArmDifferenceTerms, people: readonly ParticipantFacts[], counts = true) => {
  const measure = armDifference.open(terms, aMeasureContext());
  for (const facts of people) measure.collect(facts, counts);
  return measure.values()[0]!;
};
const inShort = (...given: Parameters<typeof value>) => {
  const found = value(...given);
  return [found.value === null ? null : formatFraction(found.value), found.reason, found.n];
};

const TREATED = convicted(true, ['2015-09-01']);
const COMPARED = convicted(false, ['2015-09-01', '2016-06-03']);

describe('the difference between arms in events', () => {
  it.each<[string, Partial<ArmDifferenceTerms>, ParticipantFacts[], (string | bigint | null)[]]>([
    ['nobody', {}, [], [null, 'too-few', 0n]],
    ['only the treated', {}, [TREATED], [null, 'too-few', 1n]],
    ['only the compared', {}, [COMPARED], [null, 'too-few', 0n]],
    ['fewer', {}, [TREATED, COMPARED], ['1', null, 1n]],
    ['the same', {}, [TREATED, convicted(false, ['2015-08-01'])], ['0', null, 1n]],
    ['more', {}, [TREATED, convicted(false, [])], ['-1', null, 1n]],
    ['half, relative', { as: 'relative' }, [TREATED, COMPARED], ['0.5', null, 1n]],
    [
      'relative to nothing',
      { as: 'relative' },
      [TREATED, convicted(false, [])],
      [null, 'too-few', 1n],
    ],
    [
      'somebody of neither arm',
      {},
      [TREATED, COMPARED, somebody([], { attributes: {} })],
      ['1', null, 1n],
    ],
    // 2016-06-04 is the first day after twelve months, 2015-06-03 the day before the start
    [
      'events outside the months',
      {},
      [TREATED, convicted(false, ['2016-06-04', '2015-06-03', '2016-06-03'])],
      ['0', null, 1n],
    ],
  ])('%s', (_name, terms, people, expected) =>
    expect(inShort({ ...EVENTS, ...terms }, people)).toEqual(expected),
  );

  it('for each year at risk counts days up to the exit, and no event after it', () => {
    const terms: ArmDifferenceTerms = {
      ...EVENTS,
      counts: {
        what: 'events',
        metric: 'conviction',
        months: 12,
        per: 'year-at-risk',
        better: 'lower',
      },
    };
    // 366 days at risk with one event; 73 days (a fifth of 365) with one, and one after the exit
    const left = convicted(false, ['2015-07-01', '2015-09-01'], {
      exitedOn: civilDate('2015-08-16'),
    });
    expect(inShort(terms, [TREATED, left])[0]).toBe(
      formatFraction({ numerator: 5n * 366n - 365n, denominator: 366n }),
    );
  });

  it('counts an event on the day of the start, and neither one withdrawn nor another metric', () => {
    const compared = somebody(
      [
        event('conviction', 'a', '2015-06-04'),
        event('conviction', 'b', '2015-08-01', { status: 'void' }),
        event('job', 'c', '2015-08-01'),
      ],
      inArm(false),
    );
    expect(inShort(EVENTS, [convicted(true, []), compared])[0]).toBe('1');
  });

  it('for each participant counts everybody to the end of the months, whoever left before', () => {
    const left = convicted(false, ['2015-07-01', '2015-09-01'], {
      exitedOn: civilDate('2015-08-16'),
    });
    expect(inShort(EVENTS, [convicted(true, []), left])[0]).toBe('2');
  });

  it('for each year at risk counts no day after the months, though somebody left later or on their last day', () => {
    const counts = { ...EVENTS.counts, per: 'year-at-risk' } as ArmDifferenceTerms['counts'];
    for (const exitedOn of ['2016-06-04', '2016-12-31'])
      expect(
        value({ ...EVENTS, counts }, [
          convicted(true, []),
          convicted(false, ['2015-09-01'], { exitedOn: civilDate(exitedOn) }),
        ]).finding,
      ).toContain('about 0.9973 (365/366) for each year at risk within 12 months over 1 compared');
  });

  it('is for the better where there are more of them, if that is what is hoped for', () => {
    const counts = { ...EVENTS.counts, better: 'higher' } as ArmDifferenceTerms['counts'];
    expect(inShort({ ...EVENTS, counts }, [TREATED, COMPARED])[0]).toBe('-1');
  });

  it('is settled when the last of the cohort has been followed to the end', () =>
    expect(value(EVENTS, [TREATED, COMPARED])).toMatchObject({
      occurrence: '12m',
      outcomeOn: '2016-12-30',
      followUp: null,
    }));

  it('says both arms, and rests on one entry', () => {
    const found = value(EVENTS, [TREATED, COMPARED]);
    expect(found.finding).toBe(
      'Conviction: 1 for each participant within 12 months over 1 treated, 2 for each participant within 12 months over 1 compared (Everyone): a difference of 1 for the better',
    );
    expect(found.evidence[0]).toMatch(/^3 measurement versions, /);
  });

  it('says why there is none, and what a relative one comes to', () => {
    expect(value(EVENTS, []).finding).toBe(
      'Conviction: nobody counts among the treated, nobody counts among the compared (Everyone): no difference can be worked out',
    );
    expect(value({ ...EVENTS, as: 'relative' }, [TREATED, COMPARED]).finding).toContain(
      ' (Everyone): a relative reduction of 50%',
    );
  });

  it('does not count whom the clause leaves out', () =>
    expect(inShort(EVENTS, [TREATED, COMPARED], false)).toEqual([null, 'too-few', 0n]));
});

describe('the difference between arms in scores', () => {
  const people = [
    scored('a', 8, 5, inArm(true)),
    scored('b', 8, 7, inArm(true)),
    scored('c', 8, 7, inArm(false)),
    scored('d', 8, null, inArm(false)),
  ];
  it('is the difference of the mean improvements', () => {
    expect(inShort(SCORES, people)).toEqual(['1', null, 2n]);
    expect(value(SCORES, people).followUp).toMatchObject({ due: 4, measured: 3, missed: 1 });
  });
  it('says both arms with the follow-up, is settled when the last window closes, and rests on what was measured', () =>
    expect(value(SCORES, people)).toMatchObject({
      outcomeOn: '2016-07-30',
      finding:
        'UCLA at 6 months: improved by 2 on average over 2 treated, improved by 1 on average over 1 compared (Everyone; 4 due, 3 measured, 1 missed): a difference of 1 for the better',
      evidence: [expect.stringMatching(/^6 measurement versions, /)],
    }));
  it('leaves out whom the clause leaves out', () =>
    expect(inShort(SCORES, people, false)).toEqual([null, 'too-few', 0n]));
  it('rests on a baseline alone where the follow-up is missing and counts as no change', () => {
    const counts = { ...SCORES.counts, missing: 'zero-change' } as ArmDifferenceTerms['counts'];
    expect(value({ ...SCORES, counts }, people).evidence).toEqual([
      expect.stringMatching(/^7 measurement versions, /),
    ]);
  });
  it('counts those missing by the rule', () => {
    const counts = { ...SCORES.counts, missing: 'zero-change' } as ArmDifferenceTerms['counts'];
    expect(inShort({ ...SCORES, counts }, people)).toEqual(['1.5', null, 2n]);
  });
});

describe('activation', () => {
  const surroundings = someRuleSurroundings([UCLA, CONVICTION], {
    attributes: { treated: { type: 'yes-no', label: 'Treated' } },
  });
  it.each<[string, object, string[][]]>([
    ['nothing wrong', {}, []],
    ['an undeclared attribute', { attribute: 'arm' }, [['/attribute', 'ATTRIBUTE_UNDECLARED']]],
    ['an impossible value', { treated: 'yes' }, [['/treated', 'ANSWER_IMPOSSIBLE']]],
    ['one arm', { comparison: true }, [['/comparison', 'SAME_ARM']]],
    [
      'events of a score',
      { counts: { ...EVENTS.counts, metric: 'ucla' } },
      [['/counts/metric', 'METRIC_UNKNOWN']],
    ],
    [
      'a relative change',
      { counts: SCORES.counts, as: 'relative' },
      [['/as', 'RELATIVE_OF_A_CHANGE']],
    ],
    [
      'a time point unheard of',
      { counts: { ...SCORES.counts, timePoint: '9m' } },
      [['/counts/timePoint', 'TIME_POINT_UNKNOWN']],
    ],
  ])('answers %s', (_name, terms, faults) =>
    expect(
      armDifference
        .problems({ ...EVENTS, ...terms }, surroundings)
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );

  it('reads aloud', () =>
    expect(
      armDifference.inWords({ ...EVENTS, as: 'relative' }, aWording(aMeasureContext().metrics)),
    ).toBe(
      'the relative reduction in Conviction of those whose treated is true against those whose treated is false, of each cohort',
    ));
});
