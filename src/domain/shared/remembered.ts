/**
 * A function whose answer hangs on nothing but what it is given, which keeps its answers: a contract of a million
 * participants asks after a few thousand days. It forgets all of them when there is no more room, so that memory stays
 * level whatever is asked. What it refuses, by throwing, it refuses each time.
 */
export function remembered<A, B, R>(
  find: (one: A, other: B) => R,
  room = 20_000,
): (one: A, other: B) => R {
  let kept = 0;
  const answers = new Map<B, Map<A, R>>();
  const answersFor = (other: B): Map<A, R> => {
    const found = answers.get(other) ?? new Map<A, R>();
    answers.set(other, found);
    return found;
  };
  return (one, other) => {
    const known = answers.get(other);
    if (known?.has(one)) return known.get(one)!;
    const found = find(one, other);
    if (kept === room) {
      answers.clear();
      kept = 0;
    }
    answersFor(other).set(one, found);
    kept += 1;
    return found;
  };
}
