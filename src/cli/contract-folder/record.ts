import type { CivilDate } from '../../domain/calendar/civil-date.js';
import { metricsOf } from '../../domain/contract-terms/metrics-of.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import {
  effectColumn,
  openEffectCheck,
  type CheckedEffect,
} from '../../domain/outcomes/check-effect.js';
import {
  figureColumn,
  openFigureCheck,
  type CheckedFigure,
} from '../../domain/outcomes/check-figure.js';
import type {
  ContractRecord,
  EffectResult,
  Figure,
} from '../../domain/outcomes/contract-record.js';
import { reconcileFigures } from '../../domain/outcomes/reconcile-figures.js';
import type { Fault } from '../../domain/shared/domain-error.js';
import { rowsOf, type Row } from './rows.js';

/** What is recorded about the contract as a whole, as it stands after the files that were read. */
export class RecordOfFiles {
  private readonly figures = new Map<string, Figure>();
  private readonly effects = new Map<string, EffectResult>();

  constructor(
    private readonly folder: string,
    private readonly versions: readonly TermsInForce[],
    private readonly today: CivilDate,
    private readonly faults: Fault[],
  ) {}

  get record(): ContractRecord {
    return { figures: [...this.figures.values()], effects: [...this.effects.values()] };
  }

  /** Reads figures.csv, or a file of corrections of it, on top of what was read before; figures must agree with one another. */
  async readFigures(name: string): Promise<number> {
    const metrics = metricsOf(this.versions);
    const check = openFigureCheck(metrics, this.today);
    const rows = await rowsOf(this.folder, name);
    for (const row of rows) {
      const found: Fault[] = [];
      const checked = check.read(figureInput(row), found);
      if (checked === null) this.refuse(row, found, figureColumn);
      else this.keepFigure(checked);
    }
    this.faults.push(
      ...reconcileFigures(metrics, [...this.figures.values()]).map(({ fault }) => ({
        ...fault,
        at: `${name} ${figureColumn(fault.at)}`,
      })),
    );
    return rows.length;
  }

  /** Reads effects.csv, or a file of results that supersede those in it. */
  async readEffects(name: string): Promise<number> {
    const cohorts = this.versions.at(-1)!.terms.cohorts.map(({ id }) => id);
    const check = openEffectCheck(metricsOf(this.versions), cohorts, this.today);
    const rows = await rowsOf(this.folder, name);
    for (const row of rows) {
      const found: Fault[] = [];
      const checked = check.read(effectInput(row), found);
      if (checked === null) this.refuse(row, found, effectColumn);
      else this.keepEffect(checked);
    }
    return rows.length;
  }

  private refuse(row: Row, found: readonly Fault[], column: (at: string) => string): void {
    this.faults.push(...found.map((one) => ({ ...one, at: `${row.place} ${column(one.at)}` })));
  }

  private keepFigure({ metric, group, from, to, counted }: CheckedFigure): void {
    const key = `${metric} ${group} ${from} ${to}`;
    const version = (this.figures.get(key)?.version ?? 0) + 1;
    if (counted === null) this.figures.delete(key);
    else this.figures.set(key, { metric, group, from, to, version, ...counted });
  }

  private keepEffect({ metric, cohort, signedOn, found }: CheckedEffect): void {
    const key = `${metric} ${cohort}`;
    const before = this.effects.get(key);
    const version = (before?.version ?? 0) + 1;
    const firstSignedOn = earlierOf(before?.firstSignedOn ?? signedOn, signedOn);
    if (found === null) this.effects.delete(key);
    else this.effects.set(key, { metric, cohort, signedOn, firstSignedOn, version, ...found });
  }
}

const earlierOf = (one: CivilDate, other: CivilDate): CivilDate => (one < other ? one : other);

const figureInput = ({ cell }: Row) => ({
  metric: cell('metric'),
  group: cell('group'),
  from: cell('from'),
  to: cell('to'),
  numerator: cell('numerator'),
  denominator: cell('denominator'),
  definition: cell('definition'),
  definitionDiffers: cell('definition_differs'),
  status: cell('status'),
  correctionReason: cell('correction_reason'),
});

const effectInput = ({ cell }: Row) => ({
  metric: cell('metric'),
  cohort: cell('cohort'),
  value: cell('value'),
  low: cell('low'),
  high: cell('high'),
  n: cell('n'),
  signedOn: cell('signed_on'),
  documentHash: cell('document_sha256'),
  status: cell('status'),
  correctionReason: cell('correction_reason'),
});
