import { endOf, idleSince, isInForce, isUseDue } from './session-life.js';

const LIMITS = { idleMinutes: 30, hours: 12 };
const at = (time: string) => new Date(`2026-03-29T${time}Z`);

describe('a browser session', () => {
  it.each([
    ['just before the idle limit', '09:29:59.999', true],
    ['at the idle limit', '09:30:00.000', false],
    ['after it', '09:30:00.001', false],
  ])('%s', (_, now, expected) => {
    const times = { lastSeenAt: at('09:00:00'), endsAt: at('21:00:00') };
    expect(isInForce(times, LIMITS, at(now))).toBe(expected);
  });

  it.each([
    ['just before the absolute limit', '20:59:59.999', true],
    ['at it, however lately it was used', '21:00:00.000', false],
  ])('%s', (_, now, expected) => {
    const times = { lastSeenAt: at('20:59:00'), endsAt: at('21:00:00') };
    expect(isInForce(times, LIMITS, at(now))).toBe(expected);
  });

  it('lasts twelve hours once complete, and a quarter of an hour between two steps', () => {
    expect(endOf(at('00:30:00'), true, LIMITS)).toEqual(at('12:30:00'));
    expect(endOf(at('00:30:00'), false, LIMITS)).toEqual(at('00:45:00'));
  });

  it('is told by the same limit when it was last used', () => {
    expect(idleSince(LIMITS, at('09:30:00'))).toEqual(at('09:00:00'));
  });

  it('has its use written down once a minute', () => {
    expect(isUseDue(at('09:00:00'), at('09:00:59.999'))).toBe(false);
    expect(isUseDue(at('09:00:00'), at('09:01:00'))).toBe(true);
  });
});
