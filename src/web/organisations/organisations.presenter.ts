import type { AccessToReview } from '../../access/organisations/access-reviews.service.js';
import type { Organisation, OwnParty } from '../../access/organisations/organisations.service.js';
import type { InvitedAffiliate } from '../../access/sign-in/invitations.service.js';
import type { Actor } from '../../platform/auth/actor.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo } from '../paths.js';
import { accessItems, type AccessItem } from './access-item.js';
import { personItem, type PersonItem } from './person-item.js';

interface OrganisationItem extends Organisation {
  /** Where it is looked after; null for whoever only belongs to it. */
  readonly href: string | null;
}

interface OrganisationsPage extends PageModel {
  readonly isAdministrator: boolean;
  readonly organisations: readonly OrganisationItem[];
  readonly add: string;
}

export const ORGANISATIONS = view<OrganisationsPage>('organisations/organisations.njk');

export const organisationsPage = (
  { isAdministrator }: Actor,
  organisations: readonly Organisation[],
  notice: string | null,
): OrganisationsPage => ({
  title: isAdministrator ? 'Organisations' : 'Your organisations',
  isAdministrator,
  organisations: organisations.map((one) => ({
    ...one,
    href: one.managed && pathTo(paths.organisation, { organisationId: one.id }),
  })),
  add: paths.newOrganisation,
  notice,
});

interface NewOrganisationPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly name: string;
}

export const NEW_ORGANISATION = view<NewOrganisationPage>('organisations/new-organisation.njk');

export const newOrganisationPage = (name = '', errors?: FormErrors): NewOrganisationPage => ({
  title: 'Add an organisation',
  action: paths.newOrganisation,
  back: paths.organisations,
  name,
  ...(errors && { errors }),
});

interface OrganisationPage extends PageModel {
  readonly back: string;
  readonly isAdministrator: boolean;
  readonly parties: readonly OwnParty[];
  readonly present: readonly PersonItem[];
  readonly past: readonly PersonItem[];
  readonly access: readonly AccessItem[];
  readonly lastReviewedAt: Date | null;
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
  readonly places: Readonly<Record<'invite' | 'role' | 'review' | 'party', string>>;
}

export const ORGANISATION = view<OrganisationPage>('organisations/organisation.njk');

/** All that is known of an organisation by whoever looks after it. */
export interface KnownOfOrganisation {
  readonly organisation: Organisation & { readonly parties: readonly OwnParty[] };
  readonly people: readonly InvitedAffiliate[];
  readonly review: AccessToReview;
}

export function organisationPage(
  { isAdministrator }: Actor,
  { organisation: { id: organisationId, name, parties }, people, review }: KnownOfOrganisation,
  notice: string | null,
): OrganisationPage {
  const items = people.map((person) => personItem(organisationId, person));
  const at = { organisationId };
  return {
    title: name,
    back: paths.organisations,
    isAdministrator,
    parties,
    present: items.filter(({ endedAt }) => endedAt === null),
    past: items.filter(({ endedAt }) => endedAt !== null),
    access: accessItems(organisationId, review.access),
    lastReviewedAt: review.lastReviewedAt === null ? null : new Date(review.lastReviewedAt),
    dueOn: review.dueOn,
    isOverdue: review.isOverdue,
    places: {
      invite: pathTo(paths.newAffiliate, at),
      role: pathTo(paths.newOrganisationRole, at),
      review: pathTo(paths.accessReview, at),
      party: pathTo(paths.newParty, at),
    },
    notice,
  };
}

export interface NewPartyForm {
  readonly contract: string;
  readonly party: string;
}

interface NewPartyPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly name: string;
  readonly form: NewPartyForm;
}

export const NEW_PARTY = view<NewPartyPage>('organisations/new-party.njk');

export const newPartyPage = (
  { id: organisationId, name }: Organisation,
  form: NewPartyForm = { contract: '', party: '' },
  errors?: FormErrors,
): NewPartyPage => ({
  title: 'Say which party it is',
  action: pathTo(paths.newParty, { organisationId }),
  back: pathTo(paths.organisation, { organisationId }),
  name,
  form,
  ...(errors && { errors }),
});
