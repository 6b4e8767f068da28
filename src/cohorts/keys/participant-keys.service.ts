import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import { sealAnew } from '../../platform/secrets/seal-anew.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { ContractKeys } from './contract-keys.js';
import { ParticipantErased } from './keys.errors.js';
import {
  ParticipantKeysRepository,
  type KeyPurpose,
  type WrappedKeyRow,
} from './participant-keys.repository.js';
import { KEY_BYTES, PersonalKey } from './personal-key.js';

/** A participant as their keys know them. */
export interface KeyOwner {
  readonly contractId: string;
  readonly id: string;
  readonly reference: string;
}

/**
 * The data keys of participants, each wrapped under the key of the service (see SecretBox, which names the key, so that
 * it can be replaced). A key is made when there is first something to protect, and destroyed to erase.
 */
@Injectable()
export class ParticipantKeys {
  constructor(
    private readonly repository: ParticipantKeysRepository,
    private readonly box: SecretBox,
  ) {}

  /** The key, or null where none was made or it was destroyed. */
  async find(
    tx: Transaction,
    owner: KeyOwner,
    purpose: KeyPurpose = 'record',
  ): Promise<PersonalKey | null> {
    const { wrapped } = await this.repository.find(tx, owner.id, purpose);
    return wrapped === null ? null : this.unwrap(owner, purpose, wrapped);
  }

  /** The keys for the records of several participants of one contract, by id; those without one are left out. */
  async findMany(
    tx: Transaction,
    contractId: string,
    owners: readonly Pick<KeyOwner, 'id' | 'reference'>[],
  ): Promise<ReadonlyMap<string, PersonalKey>> {
    if (owners.length === 0) return new Map();
    const references = new Map(owners.map(({ id, reference }) => [id, reference]));
    const rows = await this.repository.findMany(tx, [...references.keys()]);
    return new Map(
      rows.map(({ participant_id: id, wrapped }) => [
        id,
        this.unwrap({ contractId, reference: references.get(id)! }, 'record', wrapped),
      ]),
    );
  }

  /** The key, made if there is none. Lock the contract's stream before. Refuses ParticipantErased, SecretKeyMissing. */
  async ensure(
    tx: Transaction,
    owner: KeyOwner,
    purpose: KeyPurpose = 'record',
  ): Promise<PersonalKey> {
    const { wrapped, is_erased } = await this.repository.find(tx, owner.id, purpose);
    if (is_erased) throw new ParticipantErased();
    if (wrapped !== null) return this.unwrap(owner, purpose, wrapped);
    const made = this.make(owner, purpose);
    await this.repository.insert(tx, owner.id, purpose, made.wrapped);
    return made.key;
  }

  /** The keys for the records of a whole contract, for imports: nothing is unwrapped or made that is not asked for. */
  async ofContract(tx: Transaction, contractId: string): Promise<ContractKeys> {
    const wrapped = new Map<string, Buffer>();
    const erased = new Set<string>();
    for (const { reference, wrapped: key } of await this.repository.ofContract(tx, contractId))
      if (key === null) erased.add(reference);
      else wrapped.set(reference, key);
    return new ContractKeys(
      wrapped,
      erased,
      (reference, one) => this.unwrap({ contractId, reference }, 'record', one),
      (reference) => this.make({ contractId, reference }, 'record'),
    );
  }

  /** Writes the keys that an import has made, once everybody is enrolled. */
  async record(tx: Transaction, contractId: string, keys: ContractKeys): Promise<void> {
    if (keys.made.length > 0) await this.repository.insertMany(tx, contractId, keys.made);
  }

  async isErased(tx: Transaction, owner: KeyOwner, purpose: KeyPurpose): Promise<boolean> {
    return (await this.repository.find(tx, owner.id, purpose)).is_erased;
  }

  /** Destroys a key for ever; false where that was done before. Lock the contract's stream before. */
  destroy(
    tx: Transaction,
    owner: Pick<KeyOwner, 'id'>,
    purpose: KeyPurpose,
    recordedSeq: bigint,
  ): Promise<boolean> {
    return this.repository.destroy(tx, owner.id, purpose, recordedSeq);
  }

  /** Wraps under the first configured key whatever an older one wraps; gives how many. Data keys stay as they are. */
  rewrap(tx: Transaction): Promise<number> {
    return sealAnew<WrappedKeyRow>(this.box, {
      pageAfter: (row) => this.repository.page(tx, row),
      contextOf: ({ contract_id: contractId, reference, purpose }) =>
        contextOf({ contractId, reference }, purpose),
      write: (row, wrapped) => this.repository.rewrap(tx, row, wrapped),
    });
  }

  private unwrap(owner: NamedOwner, purpose: KeyPurpose, wrapped: Buffer): PersonalKey {
    return new PersonalKey(this.box.open(contextOf(owner, purpose), wrapped), ownerText(owner));
  }

  private make(owner: NamedOwner, purpose: KeyPurpose) {
    const dataKey = randomBytes(KEY_BYTES);
    const wrapped = this.box.seal(contextOf(owner, purpose), dataKey);
    return { wrapped, key: new PersonalKey(dataKey, ownerText(owner)) };
  }
}

type NamedOwner = Pick<KeyOwner, 'contractId' | 'reference'>;

const ownerText = ({ contractId, reference }: NamedOwner): string => `${contractId}/${reference}`;
const contextOf = (owner: NamedOwner, purpose: KeyPurpose) => ({
  purpose: `participant-${purpose}`,
  owner: ownerText(owner),
});
