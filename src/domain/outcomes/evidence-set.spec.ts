import { event, score } from '../../../test/support/record.builder.js';
import { EvidenceSet } from './evidence-set.js';

const SCORE = score('6m', '2015-12-10', '6');
const JOB = event('job', 'J-1', '2015-12-11');
const entriesOf = (...observations: (typeof SCORE)[]) => {
  const set = new EvidenceSet();
  for (const observation of observations) set.add({ reference: 'P-1' }, observation);
  return set.entries();
};

describe('the commitment to many measurements', () => {
  it('is none where there are none', () => expect(entriesOf()).toEqual([]));

  it('is the digest of the one measurement, written in full', () =>
    // printf '%s' '["P-1","ucla","6m",1,"2015-12-10","recorded","6"]' | sha256sum
    expect(entriesOf(SCORE)).toEqual([
      '1 measurement version, sha256-sum:05e71a26f421a912cfc7d3a9136c1627bea717c958c1f57188fdbf8036354d97',
    ]));

  it('is the sum of the digests, in whatever order they are added', () => {
    // and '["P-1","job","J-1",1,"2015-12-11","recorded",null]'
    const both = [
      '2 measurement versions, sha256-sum:75f844b0b129daebcad971f641ed0441b775d14689d80d045128d22426a34f22',
    ];
    expect(entriesOf(SCORE, JOB)).toEqual(both);
    expect(entriesOf(JOB, SCORE)).toEqual(both);
  });
});
