import type { FileUnreadable } from './csv.errors.js';
import { BadByte, TextInspector } from './text-inspector.js';

/** What is told of a file, received in pieces of so many bytes; null where it can be read. */
function told(bytes: Buffer, piece = bytes.length): string | null {
  const inspector = new TextInspector();
  try {
    for (let at = 0; at < bytes.length; at += piece) inspector.push(bytes.subarray(at, at + piece));
    inspector.end();
    return null;
  } catch (error) {
    const refusal = error instanceof BadByte ? error.refusal(1) : (error as FileUnreadable);
    expect(refusal.faults).toHaveLength(1);
    const { row, code, detail } = refusal.faults[0] as FileUnreadable['faults'][number] & {
      row: number;
    };
    return `${row} ${code}: ${detail}`;
  }
}

const SEPARATED = (by: string) =>
  `1 COLUMNS_NOT_SEPARATED_BY_COMMAS: The columns are separated by ${by}. Save the file as "CSV UTF-8 (Comma delimited)", so that commas separate them.`;
const SAID = (by: string) =>
  `1 COLUMNS_NOT_SEPARATED_BY_COMMAS: The first line says that ${by} separate the columns. Save the file as "CSV UTF-8 (Comma delimited)", without that line.`;
const SEP_LINE =
  '1 SEPARATOR_LINE: The first line says only that commas separate the columns. Remove that line, so that the heading is the first.';

describe('the first line of a file', () => {
  it.each([
    ['reference;metric;measured_on\nP-1;ucla;2015-06-04\n', SEPARATED('semicolons')],
    ['reference;metric;"note, if any"\r\n', SEPARATED('semicolons')],
    ['"reference";"metric"\r\n', SEPARATED('semicolons')],
    ['\ufeffreference\tmetric\rP-1\tucla\r', SEPARATED('tabs')],
    ['reference|metric|score', SEPARATED('vertical bars')],
    ['reference;metric', SEPARATED('semicolons')],
    ['sep=;\nreference;metric\n', SAID('semicolons')],
    ['\ufeffSEP=\t\r\n', SAID('tabs')],
    ['sep=|\n', SAID('vertical bars')],
    ['"sep=;"\n', SAID('semicolons')],
    ['sep=,\nreference,metric\n', SEP_LINE],
    ['"sep=,"\n', SEP_LINE],
    ['sep=,,,\n', SEP_LINE],
  ])('%j is refused', (text, sentence) => {
    const bytes = Buffer.from(text);
    expect(told(bytes)).toBe(sentence);
    expect(told(bytes, 1)).toBe(sentence);
    expect(told(bytes, 7)).toBe(sentence);
  });

  it.each([
    'reference,metric,score\nP-1;P-2,ucla,6\n',
    'reference,metric;x;y;z\n',
    'reference\n',
    'a;b,c,d\n',
    'separator,metric\n',
    '\nreference;metric\n',
  ])('%j is left to the reading of the heading', (text) => {
    expect(told(Buffer.from(text))).toBeNull();
    expect(told(Buffer.from(text), 1)).toBeNull();
  });
});

describe('a file with NUL bytes', () => {
  const NUL =
    '1 NUL_BYTE: Row 1 holds a NUL byte, so this is not a text file or it was damaged. Save it again as "CSV UTF-8".';
  const UTF16 =
    '1 ENCODING_UTF16: The file is UTF-16 ("Unicode text"). Save it as "CSV UTF-8 (Comma delimited)".';
  const text = 'reference,metric\nP-1,ucla\n';

  it.each([
    ['nothing but one', Buffer.alloc(1), NUL],
    ['nothing but two', Buffer.alloc(2), NUL],
    ['nothing but many', Buffer.alloc(5000), NUL],
    ['many after some text', Buffer.concat([Buffer.from(text), Buffer.alloc(5000)]), NUL],
    ['one in each other place', Buffer.from(text, 'utf16le'), UTF16],
    ['one in each place between', Buffer.from(text, 'utf16le').swap16(), UTF16],
    ['some in each other place', Buffer.from('größe,ŵ,ŵ,ŵ\n', 'utf16le'), UTF16],
  ])('that has %s', (_, bytes, sentence) => expect(told(bytes)).toBe(sentence));
});
