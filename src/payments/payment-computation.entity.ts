import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  ComputationKind,
  ComputationState,
} from '../domain/computation/computation-states.js';

/** The row of a payment computation. The row is the truth: the queue only says that somebody should look at it. */
@Entity('payment_computation')
export class PaymentComputationEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contract_id' })
  contractId: string;

  /** 1 for a contract's first; computations run strictly in this order. */
  @Column('integer')
  number: number;

  @Column('text')
  kind: ComputationKind;

  /** The computation that a recheck repeats. */
  @Column('uuid', { nullable: true })
  rechecks: string | null;

  @Column('text', { name: 'period_id' })
  periodId: string;

  @Column('date', { name: 'period_from' })
  periodFrom: string;

  /** First day after the period. */
  @Column('date', { name: 'period_to' })
  periodTo: string;

  /** The audit entry up to which facts count. */
  @Column('bigint', { name: 'known_through' })
  knownThrough: string;

  @Column('text')
  state: ComputationState;

  /** Rises with each claim; only the holder of the present token may write a result. */
  @Column('integer')
  token: number;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil: Date | null;

  @Column('integer')
  attempts: number;

  @Column('uuid', { name: 'requested_by' })
  requestedBy: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  /** Participants to weigh, and how many have been. */
  @Column('bigint', { name: 'rows_total', nullable: true })
  rowsTotal: string | null;

  @Column('bigint', { name: 'rows_done' })
  rowsDone: string;

  @Column('integer', { nullable: true })
  lines: number | null;

  @Column('text')
  currency: string;

  @Column('bigint', { name: 'total_minor', nullable: true })
  totalMinor: string | null;

  /** SHA-256 over the canonical bytes of the lines in order. */
  @Column('bytea', { nullable: true })
  digest: Buffer | null;

  @Column('text', { name: 'engine_version', nullable: true })
  engineVersion: string | null;

  @Column('text', { name: 'failure_code', nullable: true })
  failureCode: string | null;

  @Column('text', { name: 'failure_detail', nullable: true })
  failureDetail: string | null;
}
