import type { LineView } from '../payments/payment-line.view.js';
import { LINES_HEADER, linesCsv } from './lines-csv.js';

const line = (told: Partial<LineView>): LineView =>
  ({ parts: [{ payer: 'council', amount: '-660.00' }], ...told }) as LineView;
const cells = (told: Partial<LineView>) => {
  const names = LINES_HEADER.trim().split(',');
  const values = linesCsv([line(told)])
    .trim()
    .split(',');
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
};

it('leaves amounts as the numbers they are, and runs no text as a formula', () => {
  const told = {
    amount: '-660.00',
    unit: '=1+1',
    explanation: '@sum is the name of a measure',
    quantity: '-1',
  };
  expect(cells(told)).toMatchObject({
    amount: '-660.00',
    quantity: '-1',
    payers: 'council -660.00',
    unit: "'=1+1",
    explanation: "'@sum is the name of a measure",
    reason: '',
  });
});
