import type { Fault } from '../../shared/domain-error.js';
import type { ValueCase } from '../value-case.schema.js';

/** Year bands that end before they begin, or in which a year would count twice. */
export function bandFaults({ yearBands }: ValueCase): Fault[] {
  return yearBands.flatMap(({ years }, index): Fault[] => {
    if (years === undefined) return [];
    const at = `/yearBands/${index}/years`;
    if (years.last < years.first)
      return [
        {
          at,
          code: 'BAND_BACKWARDS',
          detail: `The band ends in year ${years.last}, before year ${years.first}, in which it begins.`,
        },
      ];
    const other = yearBands
      .slice(0, index)
      .find(
        (band) => band.years && band.years.first <= years.last && years.first <= band.years.last,
      );
    return other === undefined
      ? []
      : [
          {
            at,
            code: 'BANDS_OVERLAP',
            detail: `Some of its years are in the band "${other.id}" too. Give each year to one band.`,
          },
        ];
  });
}
