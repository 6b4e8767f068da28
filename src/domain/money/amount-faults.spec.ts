import { amountFaults } from './amount-faults.js';

describe('an amount of a contract', () => {
  it.each([
    ['0.00', null],
    ['-0.01', 'AMOUNT_NEGATIVE'],
    ['0.005', 'NOT_AN_AMOUNT'],
    ['free', 'NOT_AN_AMOUNT'],
    ['1000000000000.00', null],
    ['1000000000000.01', 'AMOUNT_TOO_LARGE'],
  ])('%s: %s', (text, code) => {
    const faults = amountFaults('/here', text, 'GBP');
    expect(faults.map((fault) => [fault.at, fault.code])).toEqual(
      code === null ? [] : [['/here', code]],
    );
  });

  it('is refused under the name that its place gives to a negative one', () => {
    expect(amountFaults('/rate', '-1.00', 'GBP', 'PRICE_NEGATIVE')).toEqual([
      {
        at: '/rate',
        code: 'PRICE_NEGATIVE',
        detail: '"-1.00" is negative. Write nil or more, such as 660.00.',
      },
    ]);
  });
});
