import type { Invitation, InvitedAffiliate } from '../../access/sign-in/invitations.service.js';
import { paths, pathTo } from '../paths.js';

/** Somebody who belongs, or belonged, to an organisation, as a row of a table. */
export interface PersonItem {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly isManager: boolean;
  readonly since: Date;
  readonly endedAt: Date | null;
  readonly invitation: Invitation;
  readonly href: string;
}

export const personItem = (organisationId: string, person: InvitedAffiliate): PersonItem => ({
  ...person,
  since: new Date(person.since),
  endedAt: person.endedAt === null ? null : new Date(person.endedAt),
  href: pathTo(paths.affiliate, { organisationId, personId: person.personId }),
});
