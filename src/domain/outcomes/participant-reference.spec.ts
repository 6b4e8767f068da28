import { foldReference, referenceCaseFault, referenceFault } from './participant-reference.js';

describe("a participant's reference", () => {
  it.each([
    ...['P-0001', 'a', '7', 'WCC.2015_0042', 'A'.repeat(64), '9434765918', '0000000001'],
    ...['94347659190', '94NHS34765919'], // no NHS numbers, though they hold the digits of one
  ])('accepts %s', (text) => {
    expect(referenceFault(text)).toBeNull();
  });

  it.each([
    ['9434765919', 'REFERENCE_IS_NHS_NUMBER'],
    ['943 476 5919', 'REFERENCE_IS_NHS_NUMBER'],
    ['943-476-5919', 'REFERENCE_IS_NHS_NUMBER'],
    ['943.476.5919', 'REFERENCE_IS_NHS_NUMBER'],
    ['NHS_943_476_5919', 'REFERENCE_IS_NHS_NUMBER'],
    ['QQ123456C', null],
    ['AB 12 34 56 C', 'REFERENCE_IS_NINO'],
    ['ab123456c', 'REFERENCE_IS_NINO'],
    ['jo@example.org', 'REFERENCE_IS_EMAIL'],
    ['WR1 2AB', 'REFERENCE_IS_POSTCODE'],
    ['wr12ab', 'REFERENCE_IS_POSTCODE'],
    ['EC1A1BB', 'REFERENCE_IS_POSTCODE'],
    ['07700 900123', 'REFERENCE_IS_PHONE'],
    ['+44 7700 900123', 'REFERENCE_IS_PHONE'],
    ['(01905) 763763', 'REFERENCE_IS_PHONE'],
    ['Mary Jones', 'REFERENCE_IS_NAME'],
    ['Zoë  O’Neill', 'REFERENCE_IS_NAME'],
    ['', 'REFERENCE_MISSING'],
    [' P1', 'REFERENCE_SHAPE'],
    ['-P1', 'REFERENCE_SHAPE'],
    ['P/1', 'REFERENCE_SHAPE'],
    ['P\u0000', 'REFERENCE_SHAPE'],
    ['٣٤', 'REFERENCE_SHAPE'],
    ['A'.repeat(65), 'REFERENCE_SHAPE'],
  ])('%j gives %s', (text, code) => {
    expect(referenceFault(text)?.code ?? null).toBe(code);
  });

  it.each([
    ['', 'Give the participant a reference, such as P-0001.'],
    [
      ' P1',
      'A reference is 1 to 64 letters, digits, dots, hyphens or underscores, and starts with a letter or digit.',
    ],
    ...[
      ['jo@example.org', 'an e-mail address'],
      ['943 476 5919', 'an NHS number'],
      ['AB 12 34 56 C', 'a National Insurance number'],
      ['WR1 2AB', 'a postcode'],
      ['07700 900123', 'a telephone number'],
      ['Mary Jones', "a person's name"],
    ].map(([text, what]) => [
      text!,
      `The reference looks like ${what}. Use a pseudonymous reference that cannot identify the person, such as P-0001.`,
    ]),
  ])('%j is refused in a sentence', (text, detail) =>
    expect(referenceFault(text)).toMatchObject({ at: '/reference', detail }),
  );

  it('is the same participant mistyped where only capitals differ', () => {
    expect(foldReference('wcc.2015_Aa')).toBe(foldReference('WCC.2015_aA'));
    expect(referenceCaseFault('P-0001')).toEqual({
      at: '/reference',
      code: 'REFERENCE_DIFFERS_BY_CASE',
      detail:
        'The reference differs only by capital letters from "P-0001", which exists. Write it the same way, or choose another.',
    });
  });

  it('never repeats what looks like an identifier', () => {
    expect(referenceFault('943 476 5919')!.detail).not.toContain('943');
    expect(referenceFault('jo@example.org')!.detail).not.toContain('jo@');
  });
});
