import { freeTextFault } from './free-text.js';

const codeOf = (text: string) => freeTextFault('/note', text)?.code ?? null;

describe('a free text', () => {
  it.each([
    'paper form entered late',
    'typed 4; the paper form says 7',
    'Seen in B1 and B12, 3 times',
    'ring back on 2015-12-10, ref. CL-0001',
    'score - see page 2',
    'a'.repeat(1000),
    `${'a'.repeat(999)}!`,
  ])('may say "%s"', (text) => expect(codeOf(text)).toBeNull());

  it.each([
    ['jo.smith@example.org says so', 'TEXT_IDENTIFIES_A_PERSON'],
    ['lives at WR5 3DF', 'TEXT_IDENTIFIES_A_PERSON'],
    ['NHS 943 476 5919', 'TEXT_IDENTIFIES_A_PERSON'],
    ['rang +44 7700 900123', 'TEXT_IDENTIFIES_A_PERSON'],
    ['rang (01905) 763 763', 'TEXT_IDENTIFIES_A_PERSON'],
    ['QQ 12 34 56 C', 'TEXT_IDENTIFIES_A_PERSON'],
    ['=1+1', 'FORMULA_CELL'],
    ['+1', 'FORMULA_CELL'],
    ['-1', 'FORMULA_CELL'],
    ['@A1', 'FORMULA_CELL'],
    ['\tcmd', 'FORMULA_CELL'],
    ['bell \u0007', 'TEXT_NOT_PRINTABLE'],
    ['a'.repeat(1001), 'TEXT_TOO_LONG'],
  ])('may not say "%s"', (text, code) => {
    expect(codeOf(text)).toBe(code);
    expect(freeTextFault('/note', text)!.detail).not.toContain(text);
  });

  it.each([
    ['=1', 'The text begins with = + - @ or a tab, as a formula does. Begin it with a word.'],
    ['a'.repeat(1001), 'The text has 1001 characters; at most 1000 are kept. Shorten it.'],
    ['bell \u0007', 'The text holds characters that cannot be printed. Type it again.'],
    ...[
      ['jo@example.org says so', 'an e-mail address'],
      ['lives at WR5 3DF', 'a postcode'],
      ['AB 12 34 56 C', 'a National Insurance number'],
      ['NHS 943 476 5919', 'an NHS number'],
      ['rang 07700 900123', 'a telephone number'],
    ].map(([text, what]) => [
      text!,
      `The text holds what looks like ${what}. Take it out: records here are pseudonymous.`,
    ]),
  ])('"%s" is refused in a sentence', (text, detail) =>
    expect(freeTextFault('/note', text)).toMatchObject({ at: '/note', detail }),
  );
});
