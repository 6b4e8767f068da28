import { isCivilDate } from '../../domain/calendar/civil-date.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import { isOfEligibility, termsOn } from '../../domain/outcomes/check-enrolment.js';
import { columnsWanting } from '../../domain/outcomes/eligibility-gaps.js';
import { nameOf } from '../../domain/outcomes/eligibility.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { missingDetail, type Header } from '../../platform/csv/csv-header.js';
import type { FaultList } from '../../platform/csv/fault-list.js';

type Terms = TermsInForce['terms'];

/**
 * Tells of the heading, once, what would otherwise be told of every row: that it has no column for an attribute without
 * which nobody can be eligible. It waits for the first row that suffers by it, because a correction of somebody who is
 * enrolled does not ask for eligibility again.
 */
export class LackingAttributes {
  private readonly byTerms = new Map<Terms, readonly string[]>();
  private readonly told = new Set<string>();

  constructor(
    private readonly terms: readonly TermsInForce[],
    private readonly header: Header,
    private readonly faults: FaultList,
  ) {}

  /** The faults of a row, without those whose cause was told of the heading. */
  toldOfHeading(startedOn: string, faults: readonly Fault[]): readonly Fault[] {
    if (!faults.some(isOfEligibility)) return faults;
    const terms = termsOn(this.terms, isCivilDate(startedOn) ? startedOn : null);
    const columns = this.columnsOf(terms);
    if (columns.length === 0) return faults;
    this.tell(columns, terms);
    return faults.filter((fault) => !isOfEligibility(fault));
  }

  private columnsOf(terms: Terms): readonly string[] {
    const known = this.byTerms.get(terms);
    if (known !== undefined) return known;
    const { eligibility } = terms.population;
    const has = (attribute: string) => this.header.place(attribute) >= 0;
    const columns = eligibility === undefined ? [] : columnsWanting(eligibility, has);
    this.byTerms.set(terms, columns);
    return columns;
  }

  private tell(columns: readonly string[], { population: { attributes } }: Terms): void {
    for (const column of columns) {
      if (this.told.has(column)) continue;
      this.told.add(column);
      const why = `Whether the contract serves a participant depends on it: ${nameOf(column, attributes)}.`;
      const detail = missingDetail(column, why, this.header.strangers);
      this.faults.add(1, column, 'COLUMN_MISSING', detail);
    }
  }
}
