import { movesOf } from '../shared/transition-table.js';
import { COMPUTATION_STATES, hasEnded } from './computation-states.js';

describe('a computation', () => {
  it('begins by being asked for', () => expect(COMPUTATION_STATES.starts).toBe('requested'));

  it('moves only so, by those who may, and is audited once anybody could rely on it', () =>
    expect(
      movesOf(COMPUTATION_STATES).map(({ from, act, move: { to, by, audit } }) =>
        [from, act, to, by.join(' or '), audit ?? 'not audited'].join(' | '),
      ),
    ).toEqual([
      'requested | begin | running | service | not audited',
      'requested | give up | failed | service | computation.failed',
      'requested | cancel | cancelled | provider or commissioner | computation.cancelled',
      'running | finish | computed | service | computation.computed',
      'running | give up | failed | service | computation.failed',
      'running | cancel | cancelled | provider or commissioner | computation.cancelled',
      'running | let go | requested | service | not audited',
    ]));

  it.each([
    ['requested', false],
    ['running', false],
    ['computed', true],
    ['failed', true],
    ['cancelled', true],
  ] as const)('that is %s has ended: %s', (state, ended) => expect(hasEnded(state)).toBe(ended));
});
