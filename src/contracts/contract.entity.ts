import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ContractState } from '../domain/contract-terms/contract-states.js';

/** The row of a contract. Its terms are in terms_version. */
@Entity('contract')
export class ContractEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Short name in addresses and line references; never changes. */
  @Column('text')
  code: string;

  @Column('text')
  title: string;

  @Column('text')
  state: ContractState;

  /** Rises by one with every change; the entity tag rests on it. */
  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
