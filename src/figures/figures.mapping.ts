import { createHash } from 'node:crypto';
import { civilDate, type CivilDate } from '../domain/calendar/civil-date.js';
import { formatFraction, parseFraction } from '../domain/money/fraction.js';
import type { CheckedFigure } from '../domain/outcomes/check-figure.js';
import { figureEvidence, type Figure } from '../domain/outcomes/contract-record.js';
import { canonical } from '../domain/shared/canonical.js';

/** One version of a figure as it is recorded. */
export interface RecordedFigure {
  readonly metric: string;
  readonly group: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** 1 as first submitted; each correction is the next. */
  readonly version: number;
  readonly status: 'recorded' | 'void';
  /** Exact decimal texts; null where the figure is taken back. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly definition: string | null;
  readonly correctionReason: string | null;
}

/** A figure as it is listed. */
export interface FigureView extends RecordedFigure {
  /** How lines name it: "visits/all/2017-10-01#1". */
  readonly name: string;
  /** Whether a later version stands in its place. */
  readonly superseded: boolean;
  /** The audit entry that recorded it. */
  readonly recordedSeq: string;
}

export interface FigureRow {
  readonly metric: string;
  readonly group_name: string;
  readonly span_from: string;
  readonly span_to: string;
  readonly version: number;
  readonly status: string;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly definition: string | null;
  readonly correction_reason: string | null;
  readonly recorded_seq: string;
}

const exact = (numeric: string | null): string | null =>
  numeric === null ? null : formatFraction(parseFraction(numeric));

export const toRecordedFigure = (row: FigureRow): RecordedFigure => ({
  metric: row.metric,
  group: row.group_name,
  from: civilDate(row.span_from),
  to: civilDate(row.span_to),
  version: row.version,
  status: row.status as RecordedFigure['status'],
  numerator: exact(row.numerator),
  denominator: exact(row.denominator),
  definition: row.definition,
  correctionReason: row.correction_reason,
});

export const toFigureView = (row: FigureRow & { readonly superseded: boolean }): FigureView => {
  const figure = toRecordedFigure(row);
  const { superseded, recorded_seq: recordedSeq } = row;
  return { name: figureEvidence(figure), ...figure, superseded, recordedSeq };
};

/** The figure as the engine sees it; null where it is taken back. */
export function toFigure(recorded: RecordedFigure): Figure | null {
  const { metric, group, from, to, version, numerator, denominator, definition } = recorded;
  if (numerator === null || denominator === null || definition === null) return null;
  return {
    metric,
    group,
    from,
    to,
    version,
    numerator: parseFraction(numerator),
    denominator: parseFraction(denominator),
    definition,
  };
}

/** The version of a figure that a checked one becomes. */
export const toFigureVersion = (checked: CheckedFigure, version: number): RecordedFigure => ({
  metric: checked.metric,
  group: checked.group,
  from: checked.from,
  to: checked.to,
  version,
  status: checked.counted === null ? 'void' : 'recorded',
  numerator: checked.counted && formatFraction(checked.counted.numerator),
  denominator: checked.counted && formatFraction(checked.counted.denominator),
  definition: checked.counted?.definition ?? null,
  correctionReason: checked.correctionReason,
});

/** One version of a figure, as a line names it. */
export type NamedFigure = Pick<Figure, 'metric' | 'group' | 'from' | 'version'>;

const NAMED = /^([^/]+)\/([^/]+)\/(\d{4}-\d{2}-\d{2})#(\d{1,9})$/;

/** The versions of figures among the evidence of a line, see figureEvidence. */
export const namedFigures = (evidence: readonly string[]): NamedFigure[] =>
  evidence.flatMap((name) => {
    const [, metric, group, from, version] = NAMED.exec(name) ?? [];
    return metric === undefined
      ? []
      : [{ metric, group: group!, from: civilDate(from!), version: Number(version) }];
  });

/** What tells one figure from another: there is one for a metric, a group and a first day. */
export const figureKey = (figure: Pick<RecordedFigure, 'metric' | 'group' | 'from'>): string =>
  `${figure.metric}|${figure.group}|${figure.from}`;

/** The canonical text of what a figure says, so that two can be compared. */
export const figureContent = (figure: RecordedFigure): string =>
  canonical({
    definition: figure.definition,
    denominator: figure.denominator,
    numerator: figure.numerator,
    to: figure.to,
  });

export const figureInWords = ({ numerator, denominator, definition }: RecordedFigure): string =>
  numerator === null
    ? 'the figure was taken back'
    : `${numerator} of ${denominator}, by definition "${definition}"`;

/** The digest by which the audit trail commits to the figures of one act, in their order. */
export const figuresHash = (figures: readonly RecordedFigure[]): string =>
  createHash('sha256')
    .update(canonical(figures.map((figure) => ({ ...figure }))))
    .digest('hex');

/** The same digest in the order of the figures' names, so that it can be reckoned again from what is recorded. */
export const recordedFiguresHash = (figures: readonly RecordedFigure[]): string =>
  figuresHash([...figures].sort((a, b) => byKey(figureKey(a), figureKey(b))));

const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
