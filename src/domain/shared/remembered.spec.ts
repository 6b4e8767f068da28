import { remembered } from './remembered.js';

describe('a function that keeps its answers', () => {
  const counted = (room?: number) => {
    const asked: string[] = [];
    const add = remembered((one: string, other: number) => {
      asked.push(`${one}${other}`);
      return `${one}, ${other} on`;
    }, room);
    return { add, asked };
  };

  it('finds each once, and never takes one question for another', () => {
    const { add, asked } = counted();
    for (let again = 0; again < 3; again += 1)
      for (const one of ['a', 'a1', 'b'])
        for (const other of [0, 1, 11, -1]) expect(add(one, other)).toBe(`${one}, ${other} on`);
    expect(asked).toHaveLength(12);
  });

  it('keeps an answer that is nothing', () => {
    let asked = 0;
    const nothing = remembered((_one: string, _other: number) => void (asked += 1));
    nothing('a', 1);
    nothing('a', 1);
    expect(asked).toBe(1);
  });

  it('forgets them all when there is no more room, and answers as before', () => {
    const { add, asked } = counted(2);
    for (const one of ['a', 'b', 'c', 'c', 'a']) expect(add(one, 1)).toBe(`${one}, 1 on`);
    expect(asked).toEqual(['a1', 'b1', 'c1', 'a1']);
  });

  it('refuses each time what it refused', () => {
    let asked = 0;
    const refusing = remembered((one: string, _other: number): string => {
      asked += 1;
      throw new RangeError(one);
    });
    expect(() => refusing('a', 1)).toThrow(RangeError);
    expect(() => refusing('a', 1)).toThrow(RangeError);
    expect(asked).toBe(2);
  });
});
