import { ANN, breachedPasswords, isTaken } from '../../../test/support/breached-passwords.js';
import { passwordFault } from './password-strength.js';

describe('a password', () => {
  it.each([
    'password1',
    'Passw0rd!',
    'qwertyuiop',
    'iloveyou123',
    '1q2w3e4r5t',
    'aaaaaaaaaaaaaaaa',
    'abcdefghijkl',
    '12345678901234567890',
    'letmein2026',
  ])('that everybody tries is refused: %s', (password) =>
    expect(passwordFault(password, ANN)).toBe('too-common'),
  );

  // npm run test:proofs tries each of them, and ten times as many in capitals
  it('of the shipped list of breached ones is refused, one in ten of them, in capitals, too', () => {
    const { breached, inCapitals } = breachedPasswords(10);
    expect(breached.length).toBeGreaterThan(1_500);
    expect([...breached, ...inCapitals].filter(isTaken)).toEqual([]);
  });

  it.each([
    'archer.ann@charity',
    'ann.archer@charity.example',
    'Outturn-Ann-Archer',
    'AnnArcherOutturn',
  ])('made of one’s own words is refused: %s', (password) =>
    expect(passwordFault(password, ANN)).toBe('too-personal'),
  );

  it('made of one’s own words is another’s to have', () => {
    const personal = 'archer.ann@charity';
    expect(passwordFault(personal, ANN)).toBe('too-personal');
    expect(passwordFault(personal, { email: 'x@y.example', name: 'Someone Else' })).toBeNull();
  });

  it.each([
    'tortoise gravel ninety lamp',
    'ohne-Zwang-zu-Ziffern',
    'k7#Qv!x2Lm',
    'пароль-для-проверки-длины',
    'e\u0301te\u0301 a\u0300 la montagne bleue',
  ])('of any composition is taken when it is hard to guess: %s', (password) =>
    expect(passwordFault(password, ANN)).toBeNull(),
  );

  it('is checked in a time that its length cannot stretch', () => {
    const before = process.cpuUsage(); // another's load on the machine is not counted
    for (const password of [
      'a1'.repeat(64),
      'qwerty'.repeat(21),
      '!'.repeat(128),
      'Aa0!'.repeat(32),
    ])
      passwordFault(password, ANN);
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  });

  it('is not made good by one’s own name before a common one', () => {
    expect(passwordFault('archer12345678', ANN)).toBe('too-common');
    expect(passwordFault('Archer2026', ANN)).toBe('too-personal');
  });

  it.each([
    ['short', 'too-short'],
    ['long enough '.repeat(11), 'too-long'],
  ])('of the wrong length is refused: %s', (password, fault) =>
    expect(passwordFault(password, ANN)).toBe(fault),
  );
});
