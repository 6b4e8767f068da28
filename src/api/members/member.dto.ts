import { IsEmail, IsIn, IsString, Length, Matches } from 'class-validator';
import { ROLES, type Role } from '../../access/permissions.js';

/** A person to be given a role in a contract. */
export class NewMemberBody {
  @IsEmail({}, { message: 'email must be the e-mail address of a person who was added' })
  email: string;

  /** The party that the person acts for, by its identifier in the terms. */
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{C}]+$/u, { message: 'party must be text without control characters' })
  party: string;

  @IsIn(ROLES)
  role: Role;
}

/** A person in a contract. */
export class MemberView {
  personId: string;
  email: string;
  name: string;
  party: string;
  role: Role;
  grantedAt: string;
  /** null while the membership is in force. */
  endedAt: string | null;
}

export class MembersList {
  items: MemberView[];
}
