import { PasswordHasher } from './password-hasher.js';

const hasher = new PasswordHasher();

describe('a password', () => {
  const long = `${'tortoise gravel ninety lamp '.repeat(5).slice(0, 127)}Z`;

  it('is verified to the last of its 128 characters, with every space and case as it was given', async () => {
    expect([...long]).toHaveLength(128);
    const known = await hasher.hash(long);
    expect(await hasher.verify(known, long)).toBe(true);
    for (const other of [
      `${long.slice(0, 127)}z`,
      `${long.slice(0, 127)}Y`,
      long.slice(0, 127),
      long.slice(0, 72),
      `${long} `,
      long.replace('gravel', 'Gravel'),
      long.replace(' ', '  '),
    ])
      expect(await hasher.verify(known, other)).toBe(false);
  });

  it.each([
    [' begins and ends with spaces ', 'begins and ends with spaces'],
    ['a line\nbreak within it', 'a line break within it'],
    ['with a NUL\0and what follows', 'with a NUL'],
    ['with a NUL\0and what follows', 'with a NUL\0and what follow'],
    ['ｆｕｌｌ ｗｉｄｔｈ ｌｅｔｔｅｒｓ', 'full width letters'],
    ['Straße nach Süden', 'Strasse nach Süden'],
  ])('%j is not %j', async (password, other) => {
    const known = await hasher.hash(password);
    expect(await hasher.verify(known, password)).toBe(true);
    expect(await hasher.verify(known, other)).toBe(false);
  });

  it('is the same however a keyboard composes its letters, and in nothing else another', async () => {
    const known = await hasher.hash('été à la montagne'.normalize('NFC'));
    expect(await hasher.verify(known, 'été à la montagne'.normalize('NFD'))).toBe(true);
    expect(await hasher.verify(known, 'ete a la montagne')).toBe(false);
  });
});
