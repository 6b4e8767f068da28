import { breachedPasswords, isTaken } from '../support/breached-passwords.js';

describe('a password', () => {
  it('of the shipped list of breached ones is refused, each of them, the commonest in capitals, too', () => {
    const { breached, inCapitals } = breachedPasswords(1);
    expect(breached.length).toBeGreaterThan(15_000);
    expect(inCapitals).toHaveLength(1_000);
    expect([...breached, ...inCapitals].filter(isTaken)).toEqual([]);
  });
});
