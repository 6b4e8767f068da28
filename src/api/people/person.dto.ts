import { IsBoolean, IsEmail, IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsId } from '../../platform/http/id.decorator.js';

const PRINTABLE = /^[^\p{C}]+$/u;

/** A person to be added. */
export class NewPersonBody {
  @IsEmail({}, { message: 'email must be an e-mail address, such as jo@example.org' })
  @Length(3, 254)
  email: string;

  /** As it is shown to others in the contract. */
  @IsString()
  @Length(1, 200)
  @Matches(PRINTABLE, { message: 'name must be text without control characters' })
  name: string;

  /** An administrator sets up people and contracts, and can have no role in one. */
  @IsOptional()
  @IsBoolean()
  isAdministrator: boolean = false;
}

export class PersonView {
  id: string;
  email: string;
  name: string;
  isAdministrator: boolean;
}

/** A person just added. The key is shown here once and can never be shown again. */
export class AddedPerson extends PersonView {
  keyId: string;
  apiKey: string;
}

/** A page of people, by e-mail address. */
export class PeoplePage {
  items: PersonView[];
  /** Give it as "cursor" for the next page; null on the last. */
  next: string | null;
}

/** Two accounts that are one human's. */
export class SameHumanBody {
  /** The other account. */
  @IsId()
  sameAs: string;

  /** How it is known, for whoever reads the record. Name nobody: the accounts are named already. */
  @IsString()
  @Length(1, 500)
  @Matches(PRINTABLE, { message: 'reason must be text without control characters' })
  reason: string;
}
