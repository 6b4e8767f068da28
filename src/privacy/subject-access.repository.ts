import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** Rows as they stand, with amounts and dates as texts. */
export type HeldRowOf<Column extends string> = Readonly<Record<Column, unknown>>;

/**
 * Everything that tables hold about one participant. It reads the tables of features to the right, whose services are not
 * known here, because what a person may ask for is all that is held and not what each feature would show of it.
 */
@Injectable()
export class SubjectAccessRepository {
  /** Served by the primary key of measurement. */
  measurements(tx: Transaction, participantId: string): Promise<MeasurementHeld[]> {
    return tx.query<MeasurementHeld>(
      `select metric, occurrence, version, measured_on as "measuredOn", ended_on as "endedOn", status, value, mode, items,
              note, correction_reason as "correctionReason"
         from measurement where participant_id = $1 order by metric, occurrence, version`,
      [participantId],
    );
  }

  /** Served by payment_line_participant_once. */
  lines(tx: Transaction, participantId: string): Promise<LineHeld[]> {
    return tx.query<LineHeld>(
      `select l.computation_number as computation, l.line_no as line, c.period_id as period, l.clause, l.metric,
              l.occurrence, l.kind, l.outcome_on as "outcomeOn", l.quantity, l.unit, l.amount_minor as "amountMinor",
              c.currency, l.reason, l.explanation
         from payment_line l join payment_computation c on c.id = l.computation_id
        where l.participant_id = $1 order by l.computation_number, l.line_no`,
      [participantId],
    );
  }

  /** The entries of a contract's audit trail that name the participant. */
  auditEntries(tx: Transaction, contractId: string, reference: string): Promise<EntryHeld[]> {
    return tx.query<EntryHeld>(
      `select seq, type, recorded_at as "recordedAt", body::jsonb -> 'payload' as payload
         from audit_entry where stream = $1 and body::jsonb -> 'payload' ->> 'reference' = $2 order by seq`,
      [contractId, reference],
    );
  }
}

export interface MeasurementHeld extends HeldRowOf<
  | 'metric'
  | 'occurrence'
  | 'version'
  | 'measuredOn'
  | 'endedOn'
  | 'status'
  | 'value'
  | 'mode'
  | 'items'
> {
  readonly note: string | null;
  readonly correctionReason: string | null;
}
export type LineHeld = HeldRowOf<
  | 'computation'
  | 'line'
  | 'period'
  | 'clause'
  | 'metric'
  | 'occurrence'
  | 'kind'
  | 'outcomeOn'
  | 'quantity'
  | 'unit'
  | 'amountMinor'
  | 'currency'
  | 'reason'
  | 'explanation'
>;
export type EntryHeld = HeldRowOf<'seq' | 'type' | 'recordedAt' | 'payload'>;
