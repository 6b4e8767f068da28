import { createHash } from 'node:crypto';
import { civilDate, type CivilDate } from '../domain/calendar/civil-date.js';
import { formatFraction, fraction, multiply, parseFraction } from '../domain/money/fraction.js';
import type { CheckedEffect } from '../domain/outcomes/check-effect.js';
import { effectEvidence, type EffectResult } from '../domain/outcomes/contract-record.js';
import type { EffectMetric, Metric } from '../domain/outcomes/metric.js';
import { canonical } from '../domain/shared/canonical.js';

/** One version of a signed result as it is recorded. */
export interface RecordedEffect {
  readonly metric: string;
  /** A cohort, or "*" where all were pooled. */
  readonly cohort: string;
  /** 1 as first delivered; a later version supersedes it. */
  readonly version: number;
  readonly status: 'recorded' | 'void';
  readonly signedOn: CivilDate;
  /** Exact decimal texts, 8.4 % as "0.084"; null where the result is taken back. */
  readonly value: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly n: string | null;
  /** SHA-256 of the report in hexadecimal. */
  readonly documentHash: string | null;
  readonly correctionReason: string | null;
}

/** The latest version of a result, with the day on which it was first signed since it was last taken back. */
export interface KnownEffect extends RecordedEffect {
  readonly firstSignedOn: CivilDate;
}

/** A result as it is listed, its values as the evaluator writes them: "8.4%" or "0.69". */
export interface EffectView extends RecordedEffect {
  /** How lines name it; null where it is taken back. */
  readonly name: string | null;
  /** The party whose verifier signed it. */
  readonly party: string;
  readonly superseded: boolean;
  /** The audit entry that recorded it. */
  readonly recordedSeq: string;
}

export interface KnownEffectRow extends EffectRow {
  readonly first_signed_on: string | null;
}

export interface EffectRow {
  readonly metric: string;
  readonly cohort: string;
  readonly version: number;
  readonly status: string;
  readonly signed_on: string;
  readonly value: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly n: string | null;
  readonly document_sha256: Buffer | null;
  readonly party: string;
  readonly correction_reason: string | null;
  readonly recorded_seq: string;
}

/** One version of a result, as a line names it. */
export type NamedEffect = Pick<EffectResult, 'metric' | 'cohort' | 'version'>;

const NAMED = /^([^/]+)\/([^/]+)#(\d{1,9}) sha256:[0-9a-f]{64}$/;

/** The versions of results among the evidence of a line, see effectEvidence. */
export const namedEffects = (evidence: readonly string[]): NamedEffect[] =>
  evidence.flatMap((name) => {
    const [, metric, cohort, version] = NAMED.exec(name) ?? [];
    return metric === undefined ? [] : [{ metric, cohort: cohort!, version: Number(version) }];
  });

const exact = (numeric: string | null): string | null =>
  numeric === null ? null : formatFraction(parseFraction(numeric));

export const toKnownEffect = (row: KnownEffectRow): KnownEffect => ({
  ...toRecordedEffect(row),
  firstSignedOn: civilDate(row.first_signed_on ?? row.signed_on),
});

export const toRecordedEffect = (row: EffectRow): RecordedEffect => ({
  metric: row.metric,
  cohort: row.cohort,
  version: row.version,
  status: row.status as RecordedEffect['status'],
  signedOn: civilDate(row.signed_on),
  value: exact(row.value),
  low: exact(row.low),
  high: exact(row.high),
  n: row.n,
  documentHash: row.document_sha256?.toString('hex') ?? null,
  correctionReason: row.correction_reason,
});

const written = (value: string | null, unit: EffectMetric['unit']): string | null =>
  value === null || unit === 'number'
    ? value
    : `${formatFraction(multiply(parseFraction(value), fraction(100n)))}%`;

/** The unit in which a result of a metric is written. */
export function unitOf(metrics: readonly Metric[], id: string): EffectMetric['unit'] {
  const metric = metrics.find((one) => one.id === id);
  return metric?.kind === 'effect' ? metric.unit : 'number';
}

export function toEffectView(
  row: EffectRow & { readonly superseded: boolean },
  unit: EffectMetric['unit'],
): EffectView {
  const effect = toRecordedEffect(row);
  const result = toEffectResult(effect);
  return {
    name: result && effectEvidence(result),
    ...effect,
    value: written(effect.value, unit),
    low: written(effect.low, unit),
    high: written(effect.high, unit),
    party: row.party,
    superseded: row.superseded,
    recordedSeq: row.recorded_seq,
  };
}

/** The result as the engine sees it; null where it is taken back. */
export function toEffectResult(
  recorded: RecordedEffect,
  firstSignedOn = recorded.signedOn,
): EffectResult | null {
  const { metric, cohort, version, signedOn, value, low, high, n, documentHash } = recorded;
  if (value === null || n === null || documentHash === null) return null;
  return {
    metric,
    cohort,
    signedOn,
    firstSignedOn,
    version,
    value: parseFraction(value),
    low: low === null ? null : parseFraction(low),
    high: high === null ? null : parseFraction(high),
    n: BigInt(n),
    documentHash,
  };
}

/** The version of a result that a checked one becomes. */
export const toEffectVersion = (checked: CheckedEffect, version: number): RecordedEffect => ({
  metric: checked.metric,
  cohort: checked.cohort,
  version,
  status: checked.found === null ? 'void' : 'recorded',
  signedOn: checked.signedOn,
  value: checked.found && formatFraction(checked.found.value),
  low: checked.found?.low ? formatFraction(checked.found.low) : null,
  high: checked.found?.high ? formatFraction(checked.found.high) : null,
  n: checked.found === null ? null : String(checked.found.n),
  documentHash: checked.found?.documentHash ?? null,
  correctionReason: checked.correctionReason,
});

/** What tells one result from another: there is one for a metric and a cohort. */
export const effectKey = (effect: Pick<RecordedEffect, 'metric' | 'cohort'>): string =>
  `${effect.metric}|${effect.cohort}`;

/** The canonical text of what a result says, so that two can be compared. */
export const effectContent = (effect: RecordedEffect): string =>
  canonical({
    documentHash: effect.documentHash,
    high: effect.high,
    low: effect.low,
    n: effect.n,
    signedOn: effect.signedOn,
    value: effect.value,
  });

export const effectInWords = ({ value, n, signedOn }: RecordedEffect): string =>
  value === null ? 'the result was taken back' : `${value} among ${n}, signed on ${signedOn}`;

/** The digest by which the audit trail commits to all that the results of one act say, in the order of their names. */
export const recordedEffectsHash = (effects: readonly RecordedEffect[]): string =>
  createHash('sha256')
    .update(
      canonical(
        [...effects]
          .sort((a, b) => (effectKey(a) < effectKey(b) ? -1 : 1)) // of one act, none twice
          .map((effect) => ({ ...effect })),
      ),
    )
    .digest('hex');
