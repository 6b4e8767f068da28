import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The row of a participant: a pseudonymous reference in one contract, and nothing else. */
@Entity('participant')
export class ParticipantEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid', { name: 'contract_id' })
  contractId: string;

  @Column('text')
  reference: string;
}
