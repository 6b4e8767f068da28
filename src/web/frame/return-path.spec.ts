import fc from 'fast-check';
import { returnPathOf } from './return-path.js';

describe('the page to return to', () => {
  it.each(['/account', '/people?after=x', '/contracts/a-b/people'])('may be %s', (path) =>
    expect(returnPathOf(path)).toBe(path),
  );

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/x/%2e%2E//evil.example',
    '/.///',
    ' /account',
    '/acc ount',
    '/a\r\nLocation: x',
    '/sign-in',
    '/sign-in/code?x=y',
    '/x/../sign-in/second-factor',
    `/${'a'.repeat(600)}`,
    '',
    undefined,
    ['/account'],
    { toString: () => '/account' },
  ])('is the home page instead of %j', (given) => expect(returnPathOf(given)).toBe('/'));

  it('never leaves this service, whatever is given', () => {
    const character = fc.constantFrom(...'/\\.@:?#%\t\n aevil'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        const there = new URL(returnPathOf(text), 'https://outturn.example');
        expect(there.origin).toBe('https://outturn.example');
      }),
      { numRuns: 5_000 },
    );
  });
});
