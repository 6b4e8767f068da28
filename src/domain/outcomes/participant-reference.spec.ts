import { referenceFault } from './participant-reference.js';

describe("a participant's reference", () => {
  it.each(['P-0001', 'a', '7', 'WCC.2015_0042', 'A'.repeat(64), '9434765918', '0000000001'])(
    'accepts %s',
    (text) => {
      expect(referenceFault(text)).toBeNull();
    },
  );

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

  it('never repeats what looks like an identifier', () => {
    expect(referenceFault('943 476 5919')!.detail).not.toContain('943');
    expect(referenceFault('jo@example.org')!.detail).not.toContain('jo@');
  });
});
