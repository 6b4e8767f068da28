import { ValueCaseRefused } from '../../src/domain/value-case/value-case-refused.js';
import { aWorking, reportWith, type ValueCaseData } from './value-case.builder.js';

/** Every fault of a refused value case, whole: place, code and sentence. */
export const faultsOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ValueCaseRefused)) throw error;
    return error.faults.map(({ at, code, detail }) => `${at} ${code} ${detail}`);
  }
  return [];
};
export const place = (source: string) => ({ source, at: 'page 3' });
export const number = (value: string, more = {}) => ({
  take: 'number',
  value,
  label: 'n',
  ...more,
});
export const pounds = (value: string, more = {}) => number(value, { is: 'amount', ...more });
export const take = (id: string, more = {}) => ({ take: 'working', id, taken: 'exact', ...more });
export const part = (more: object) => ({
  take: 'benefit',
  id: 'visits',
  taken: 'rounded',
  ...more,
});
export const sum = (...of: object[]) => ({ by: 'sum', of });
export const product = (...of: object[]) => ({ by: 'product', of });
export const quotient = (...of: object[]) => ({ by: 'quotient', of });
export const money = { unit: 'money' };

export type Change = (data: ValueCaseData) => unknown;
export const workings =
  (...list: object[]): Change =>
  (d) =>
    (d.workings = list);
export const one =
  (amount: object, more: object = {}): Change =>
  (d) =>
    (d.workings = [aWorking('a', amount, more)]);
export const together =
  (...changes: Change[]): Change =>
  (d) =>
    changes.forEach((change) => change(d));
export const index =
  (values: object, source = 'study'): Change =>
  (d) =>
    Object.assign(d, { priceIndex: { name: 'an index', source: place(source), values } });

/** What is refused, the change to the small value case, and every fault in its order. */
export type Row = [what: string, change: Change, faults: string[]];
/** One test for each row. */
export const refused = (rows: readonly Row[]) =>
  it.each(rows)('%s', (_what, change, faults) =>
    expect(faultsOf(() => reportWith(change))).toEqual(faults),
  );
