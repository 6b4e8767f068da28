import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The row of one edition of the terms. Once active, the database refuses to change it. */
@Entity('terms_version')
export class TermsVersionEntity {
  @PrimaryColumn('uuid', { name: 'contract_id' })
  contractId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column('text')
  state: 'draft' | 'active';

  @Column('jsonb')
  document: unknown;

  @Column('bytea', { name: 'document_hash' })
  documentHash: Buffer;

  /** As its author wrote it, comments and all. */
  @Column('text')
  source: string;

  /** First day for which it decides; null in a first edition that is still a draft. */
  @Column('date', { name: 'effective_from', nullable: true })
  effectiveFrom: string | null;

  @Column('text')
  reason: string;

  @Column('uuid', { name: 'written_by' })
  writtenBy: string;

  @Column('timestamptz', { name: 'written_at' })
  writtenAt: Date;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt: Date | null;

  /** The audit entry that put it in force. */
  @Column('bigint', { name: 'recorded_seq', nullable: true })
  recordedSeq: string | null;
}

/** What computing needs of an edition in force. */
export type EditionInForce = Pick<
  TermsVersionEntity,
  'contractId' | 'number' | 'document' | 'effectiveFrom' | 'recordedSeq'
>;
