import { ParticipantErased } from './keys.errors.js';
import type { NewKey } from './participant-keys.repository.js';
import type { PersonalKey } from './personal-key.js';

/** The keys of a contract while a file is read: unwrapped when first needed, made for whom the file says something. */
export class ContractKeys {
  /** The keys made so far; they are to be recorded with the rows of the file. */
  readonly made: NewKey[] = [];
  private readonly open = new Map<string, PersonalKey>();

  constructor(
    private readonly wrapped: ReadonlyMap<string, Buffer>,
    private readonly erased: ReadonlySet<string>,
    private readonly unwrap: (reference: string, wrapped: Buffer) => PersonalKey,
    private readonly make: (reference: string) => { wrapped: Buffer; key: PersonalKey },
  ) {}

  isErased(reference: string): boolean {
    return this.erased.size > 0 && this.erased.has(reference);
  }

  erasedReferences(): Iterable<string> {
    return this.erased;
  }

  /** The key of a participant; null where there is none, or none any more. */
  find(reference: string): PersonalKey | null {
    const known = this.open.get(reference);
    if (known !== undefined) return known;
    const wrapped = this.wrapped.get(reference);
    return wrapped === undefined ? null : this.keep(reference, this.unwrap(reference, wrapped));
  }

  /** The key of a participant, made if there is none. Refuses ParticipantErased, SecretKeyMissing. */
  ensure(reference: string): PersonalKey {
    const found = this.find(reference);
    if (found !== null) return found;
    if (this.isErased(reference)) throw new ParticipantErased();
    const { wrapped, key } = this.make(reference);
    this.made.push({ reference, wrapped });
    return this.keep(reference, key);
  }

  private keep(reference: string, key: PersonalKey): PersonalKey {
    this.open.set(reference, key);
    return key;
  }
}
