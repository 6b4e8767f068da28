import { formatLineReference, parseLineReference } from './line-reference.js';

describe('the reference of a line', () => {
  it('is contract, computation and line number, and reads back', () => {
    const reference = { contract: 'worcestershire-loneliness', computation: 3, lineNo: 1042 };
    expect(formatLineReference(reference)).toBe('worcestershire-loneliness.3.1042');
    expect(parseLineReference('worcestershire-loneliness.3.1042')).toEqual(reference);
  });

  it.each(['', 'a', 'a.1', 'a.0.1', 'a.1.01', 'A.1.1', 'a.1.1 ', 'a.1.1.1', 'a.1.9999999999'])(
    'is not %j',
    (text) => expect(parseLineReference(text)).toBeNull(),
  );
});
