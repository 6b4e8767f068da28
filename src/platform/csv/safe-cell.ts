const NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r\n]/;

/** A cell that no spreadsheet runs as a formula: a text that it would take for one gets an apostrophe; a number stays one. */
export function safeCell(value: string | number): string {
  const text = String(value);
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
