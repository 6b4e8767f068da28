import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The row of one version of an enrolment; the highest known is the one that counts. */
@Entity('enrolment')
export class EnrolmentEntity {
  @PrimaryColumn('bigint', { name: 'participant_id' })
  participantId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  cohort: string;

  @Column('date', { name: 'started_on' })
  startedOn: string;

  @Column('date', { name: 'exited_on', nullable: true })
  exitedOn: string | null;

  @Column('text', { name: 'exit_reason', nullable: true })
  exitReason: string | null;

  @Column('jsonb')
  attributes: Record<string, string | number | boolean>;

  /** The payer's person who admitted an ineligible participant. */
  @Column('uuid', { name: 'exception_by', nullable: true })
  exceptionBy: string | null;

  @Column('text', { name: 'exception_reason', nullable: true })
  exceptionReason: string | null;

  /** The audit entry of the act that recorded it. */
  @Column('bigint', { name: 'recorded_seq' })
  recordedSeq: string;

  @Column('uuid', { name: 'import_id', nullable: true })
  importId: string | null;

  @Column('text', { name: 'correction_reason', nullable: true })
  correctionReason: string | null;
}
