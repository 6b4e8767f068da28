import type { Fault } from '../../shared/domain-error.js';
import type { ValueCase } from '../value-case.schema.js';

/**
 * Prices of other years than the price year. They need an index that has both years, or the declaration that they are
 * shown side by side: a sum of pounds of different years is otherwise a sum of different things.
 */
export function priceYearFaults(of: ValueCase): Fault[] {
  if (of.mixedPriceYears === 'shown') return [];
  const indexed = new Set(Object.keys(of.priceIndex?.values ?? {}));
  return of.unitCosts.flatMap(({ priceYear }, index): Fault[] => {
    if (priceYear === of.priceYear) return [];
    if (indexed.has(priceYear) && indexed.has(of.priceYear)) return [];
    return [
      {
        at: `/unitCosts/${index}/priceYear`,
        code: 'PRICE_YEARS_MIXED',
        detail: `This price is of ${yearInWords(priceYear)}, and the case is in prices of ${yearInWords(of.priceYear)}. Give a price index with both years, or declare "mixedPriceYears: shown".`,
      },
    ];
  });
}

const yearInWords = (year: string): string =>
  year === 'not stated' ? 'a year that is not stated' : year;
