import { aWording } from '../../../test/support/clause.builder.js';
import { formatFraction } from '../money/fraction.js';
import type { EffectResult } from '../outcomes/contract-record.js';
import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { aMeasureContext, EFFECT, signed, UCLA } from '../../../test/support/measure.builder.js';
import { effect, type EffectTerms } from './effect.js';

const TERMS: EffectTerms = {
  of: 'effect',
  metric: 'reconvictions',
  cohorts: 'each',
  test: 'point',
};
const values = (terms: Partial<EffectTerms>, effects: readonly EffectResult[]) =>
  effect.open({ ...TERMS, ...terms }, aMeasureContext({ effects })).values();

describe('a signed effect', () => {
  it('is the latest version, on the day of its signing', () => {
    const [found] = values({}, [
      signed('all', '8.4%'),
      signed('all', '9%', { version: 2, n: 936n }),
    ]);
    expect(found).toMatchObject({
      cohort: 'all',
      occurrence: 'result',
      outcomeOn: '2016-03-01',
      n: 936n,
    });
    expect(formatFraction(found!.value!)).toBe('0.09');
    expect(found!.finding).toBe(
      'Reduction in reconvictions of Everyone was 9% over 936 treated, as signed on 2016-03-01 (version 2)',
    );
    expect(found!.evidence[0]).toBe(`reconvictions/all#2 sha256:${'ab'.repeat(32)}`);
  });

  it('may have to reach what is paid with the lower bound of its interval', () => {
    const bounded = [signed('all', '8.4%', { low: '-1.5%' })];
    expect(formatFraction(values({ test: 'lower-bound' }, bounded)[0]!.value!)).toBe('-0.015');
    expect(formatFraction(values({}, bounded)[0]!.value!)).toBe('0.084');
    const [none] = values({ test: 'lower-bound' }, [signed('all', '8.4%')]);
    expect([none!.value, none!.reason]).toEqual([null, 'no-result']);
    expect(none!.finding).toContain('8.4%, no lower bound');
  });

  it('that was never delivered is missed on the last day of the last period', () =>
    expect(values({}, [signed('*', '9%')])).toMatchObject([
      { value: null, reason: 'no-result', outcomeOn: '2016-12-31', n: 0n },
    ]));

  it('may be one for all cohorts pooled', () =>
    expect(values({ cohorts: 'pooled' }, [signed('*', '9%')])).toMatchObject([
      { cohort: '*', reason: null },
    ]));

  it('is refused on another kind of metric', () =>
    expect(
      effect.problems({ ...TERMS, metric: 'ucla' }, someRuleSurroundings([UCLA, EFFECT])),
    ).toMatchObject([{ at: '/metric', code: 'METRIC_UNKNOWN' }]));

  it('reads aloud', () =>
    expect(
      effect.inWords(
        { ...TERMS, cohorts: 'pooled', test: 'lower-bound' },
        aWording(aMeasureContext().metrics),
      ),
    ).toBe(
      'the lower bound of the signed result for Reduction in reconvictions of all cohorts pooled',
    ));
});
