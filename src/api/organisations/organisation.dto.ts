import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ROLES, type Role } from '../../access/permissions.js';
import { IsId } from '../../platform/http/id.decorator.js';

const PRINTABLE = /^[^\p{C}]+$/u;

/** An organisation to be added. */
export class NewOrganisationBody {
  @IsString()
  @Length(1, 200)
  @Matches(PRINTABLE, { message: 'name must be text without control characters' })
  name: string;
}

export class OrganisationView {
  id: string;
  name: string;
  /** Whether you look after it and its people; what follows is null where you do not. */
  isManagedByYou: boolean;
  /** How many people belong to it at present. */
  people: number | null;
  /** The last day in time for the next review of access; null also where nobody may do anything. */
  reviewDueOn: string | null;
  isReviewOverdue: boolean | null;
}

export class OrganisationsList {
  items: OrganisationView[];
}

/** Somebody who is to belong to an organisation. */
export class NewAffiliateBody {
  @IsEmail({}, { message: 'email must be an e-mail address, such as jo@example.org' })
  @Length(3, 254)
  email: string;

  /** As it is shown to others; somebody who is known already keeps their name. */
  @IsString()
  @Length(1, 200)
  @Matches(PRINTABLE, { message: 'name must be text without control characters' })
  name: string;

  /** A manager looks after the organisation's people and their access. */
  @IsOptional()
  @IsBoolean()
  isManager: boolean = false;
}

/** What became of an invitation. */
export class InvitedView {
  personId: string;
  /** Whether they are new to the service. */
  isNew: boolean;
  /** Whether a letter with a link to choose a password is on its way to them. */
  isInvited: boolean;
}

/** How far an invitation has come. */
export class InvitationView {
  /** Taken up by whoever has a way to sign in; open until it expires; lapsed when it did, was taken back or never sent. */
  @ApiProperty({ enum: ['taken-up', 'open', 'lapsed'] })
  state: 'taken-up' | 'open' | 'lapsed';
  expiresAt: string | null;
}

/** What became of an invitation that was to be sent again. */
export class SentAgainView {
  /** Whether a letter is on its way; false where the service sends none. */
  isInvited: boolean;
}

export class AffiliateView {
  personId: string;
  email: string;
  name: string;
  isManager: boolean;
  since: string;
  /** null while they belong to it. */
  endedAt: string | null;
  invitation: InvitationView;
}

export class AffiliatesList {
  items: AffiliateView[];
}

/** Which organisation a party is. */
export class PartyOrganisationBody {
  @IsId()
  organisationId: string;
}

export class ReviewedAccessView {
  personId: string;
  email: string;
  name: string;
  contract: string;
  party: string;
  role: Role;
  grantedAt: string;
  /** When they last did anything in the contract that is recorded; null when they never did. */
  lastActAt: string | null;
}

export class AccessToReviewView {
  /** null when it was never reviewed. */
  lastReviewedAt: string | null;
  /** The last day in time for the next review; null where there is nothing to review. */
  dueOn: string | null;
  isOverdue: boolean;
  access: ReviewedAccessView[];
}

/** Whether one access stays. */
export class ReviewDecisionBody {
  @IsId()
  personId: string;

  @IsString()
  @Length(1, 100)
  contract: string;

  @IsIn(ROLES)
  role: Role;

  @IsBoolean()
  keep: boolean;
}

/** A review: one decision for each access in force. */
export class AccessReviewBody {
  @IsArray()
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => ReviewDecisionBody)
  decisions: ReviewDecisionBody[];
}

export class AccessReviewView {
  kept: number;
  ended: number;
}
