import { isPersonal, ownWords } from './personal-password.js';

const ANNA = { email: 'Anna.Quill@age-uk.example', name: 'Anna Zoë Quill-Ng' };

describe('the words of whoever a password is for', () => {
  it('are the parts of address and name with three letters or more, once each, and those of the service', () => {
    expect(ownWords(ANNA)).toEqual([
      'anna',
      'quill',
      'age',
      'example',
      'zoë',
      'outturn',
      'social',
      'impact',
      'bond',
      'outcomes',
      'contract',
    ]);
  });
});

describe('a password', () => {
  it.each([
    ['AnnaQuill1948!', true],
    ['anna-quill-age', true],
    ['Outturn-Social-Impact-Bond', true],
    ['outcomesCONTRACT12345', true],
    ['zoë zoë zoë 12345', true],
    ['Quill123456', false], // six are left
    ['Quill12345', true],
    ['a tinker and his horse', false],
    ['12345', false], // short, and not by its owner's words
    ['', false],
  ])('"%s" made of them: %s', (password, isMade) =>
    expect(isPersonal(password, ANNA)).toBe(isMade),
  );

  it('loses the longest word first, so that a short one does not leave the rest of a long one', () => {
    const owner = { email: 'sam@x.example', name: 'Samantha' };
    expect(isPersonal('samanthasamantha1', owner)).toBe(true);
  });
});
