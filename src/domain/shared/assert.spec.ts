import { assert, assertNever } from './assert.js';

describe("a programmer's own error", () => {
  it('stops at once and says what was expected', () => {
    expect(() => assert(1 > 2, 'one is more than two')).toThrow(
      new Error('Assertion failed: one is more than two'),
    );
    expect(() => assert(2 > 1, 'two is more than one')).not.toThrow();
  });

  it('shows the value that no branch was written for', () => {
    expect(() => assertNever({ kind: 'new' } as never)).toThrow(
      new Error('Unexpected value: {"kind":"new"}'),
    );
  });
});
