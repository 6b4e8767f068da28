import { freeTextFault } from './free-text.js';

const codeOf = (text: string) => freeTextFault('/note', text)?.code ?? null;

describe('a free text', () => {
  it.each([
    'paper form entered late',
    'typed 4; the paper form says 7',
    'Seen in B1 and B12, 3 times',
    'ring back on 2015-12-10, ref. CL-0001',
    'score - see page 2',
  ])('may say "%s"', (text) => expect(codeOf(text)).toBeNull());

  it.each([
    ['jo.smith@example.org says so', 'TEXT_IDENTIFIES_A_PERSON'],
    ['lives at WR5 3DF', 'TEXT_IDENTIFIES_A_PERSON'],
    ['NHS 943 476 5919', 'TEXT_IDENTIFIES_A_PERSON'],
    ['rang +44 7700 900123', 'TEXT_IDENTIFIES_A_PERSON'],
    ['rang (01905) 763 763', 'TEXT_IDENTIFIES_A_PERSON'],
    ['QQ 12 34 56 C', 'TEXT_IDENTIFIES_A_PERSON'],
    ['=1+1', 'FORMULA_CELL'],
    ['\tcmd', 'FORMULA_CELL'],
    ['bell \u0007', 'TEXT_NOT_PRINTABLE'],
    ['a'.repeat(1001), 'TEXT_TOO_LONG'],
  ])('may not say "%s"', (text, code) => {
    expect(codeOf(text)).toBe(code);
    expect(freeTextFault('/note', text)!.detail).not.toContain(text);
  });
});
