import fc from 'fast-check';
import { DomainError } from '../../src/domain/shared/domain-error.js';

type Plain = unknown;
type Holder = Record<string, Plain> | Plain[];

/** Every place in a document that holds something. */
function placesOf(value: Plain, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    placesOf((value as Record<string, Plain>)[key], found);
  }
  return found;
}

/** What a careless or a hostile hand might write in any place. */
const anything: fc.Arbitrary<Plain> = fc.oneof(
  fc.constantFrom<Plain>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER,
    1e308,
    '',
    ' ',
    '0',
    '-0',
    '-1',
    '0.005',
    '1e3',
    'NaN',
    '100%',
    '1/0',
    '1/3',
    '99.99%',
    '9'.repeat(24),
    '2015-02-29',
    '1900-01-01',
    '9998-12-31',
    '2015-06-02',
    'baseline',
    '6m',
    'ucla',
    'job',
    'council',
    '__proto__',
    'constructor',
    'toString',
    'R1',
    'R4',
    'M3',
    'S1',
    'GBP',
    'ours',
    'care',
    'visits',
    'readiness',
    'reconvictions',
    'all',
    'arm',
    '4.1',
    '65%',
    '-10%',
    '1e9%',
    'each',
    'together',
    'net',
    'exact',
    'whole',
    'up',
    'end-of-month',
    '2015-06-04',
    '0.000000001',
    'JPY',
    '\0',
    '\ud800',
    '£',
  ),
  fc.string(),
  fc.integer({ min: -4000, max: 4000 }),
  fc
    .constantFrom<() => Plain>(
      () => [],
      () => ({}),
      () => [null],
      () => ({ __proto__: null }),
    )
    .map((make) => make()),
);

/** A document with a few places changed, removed, doubled or exchanged. */
export const mutatedOf = (documents: readonly object[]): fc.Arbitrary<Holder> =>
  fc
    .tuple(
      fc.constantFrom(...documents),
      fc.array(
        fc.tuple(
          fc.constantFrom('replace', 'remove', 'double', 'exchange'),
          fc.nat(),
          fc.nat(),
          anything,
        ),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([document, changes]) => {
      const copy = structuredClone(document) as unknown as Holder;
      for (const [how, at, other, value] of changes) {
        const places = placesOf(copy);
        if (places.length === 0) break;
        const [holder, key] = places[at % places.length]! as [Record<string, Plain>, string];
        const [from, name] = places[other % places.length]! as [Record<string, Plain>, string];
        if (how === 'replace') holder[key] = value;
        else if (how === 'exchange') holder[key] = structuredClone(from[name]);
        else if (how === 'double' && Array.isArray(holder))
          holder.push(structuredClone(holder[Number(key)]));
        else if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
      }
      return copy;
    });

/** Runs the act; only refusals may come out of it. */
export function refusedOr<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
