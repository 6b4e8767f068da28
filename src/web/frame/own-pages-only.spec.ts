import { formTokenOf, isFormToken, newBrowserSecret } from './form-token.js';
import { madeByOwnPage } from './own-pages-only.js';

const OWN = 'https://outturn.example';
const isOwnOrigin = (origin: string) => origin === OWN;

describe('who made a request that changes something', () => {
  it.each([
    ['same-origin', OWN, 'yes'],
    ['same-origin', undefined, 'yes'],
    [undefined, OWN, 'yes'],
    [undefined, undefined, 'unsaid'],
    ['same-origin', 'null', 'no'],
    [undefined, 'null', 'no'],
    ['same-site', OWN, 'no'],
    ['cross-site', OWN, 'no'],
    ['none', OWN, 'no'],
    ['none', undefined, 'no'],
    ['', undefined, 'no'],
    ['same-origin', 'https://outturn.example.evil.example', 'no'],
    [undefined, 'http://outturn.example', 'no'],
    [undefined, '', 'no'],
  ])('Sec-Fetch-Site %s with Origin %s: %s', (site, origin, expected) => {
    const headers = { ...(site !== undefined && { 'sec-fetch-site': site }) };
    expect(
      madeByOwnPage({ ...headers, ...(origin !== undefined && { origin }) }, isOwnOrigin),
    ).toBe(expected);
  });
});

describe('the token of a form', () => {
  const secret = newBrowserSecret();

  it('belongs to one browser, and does not show its secret', () => {
    expect(isFormToken(formTokenOf(secret), secret)).toBe(true);
    expect(formTokenOf(secret)).not.toContain(secret.slice(0, 8));
  });

  it.each([
    '',
    'x',
    formTokenOf(newBrowserSecret()),
    `${formTokenOf(secret)}=`,
    [],
    null,
    undefined,
  ])('is not %j', (given) => expect(isFormToken(given, secret)).toBe(false));
});
