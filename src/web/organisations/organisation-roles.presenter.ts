import type { ReviewedAccess } from '../../access/organisations/access-reviews.service.js';
import type { Affiliate } from '../../access/organisations/affiliations.service.js';
import type { OrganisationPart } from '../../contracts/contract-members.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { roleName } from '../frame/roles.js';
import { paths, pathTo } from '../paths.js';
import { accessItems, type AccessItem } from './access-item.js';

export interface RoleChoices {
  readonly people: readonly Affiliate[];
  readonly parts: readonly OrganisationPart[];
}

export interface NewRoleForm {
  readonly person: string;
  readonly part: string;
}

/** Long words break, so that a phone shows them. */
const WRAPPED = { classes: 'outturn-wrap' } as const;
type Wrapped = typeof WRAPPED;

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly label: Wrapped;
  readonly hint: Wrapped & { readonly text: string };
}

interface NewRolePage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly people: readonly Choice[];
  readonly parts: readonly Choice[];
  readonly form: NewRoleForm;
}

export const NEW_ROLE = view<NewRolePage>('organisations/new-role.njk');

export const newRolePage = (
  organisationId: string,
  { people, parts }: RoleChoices,
  form: NewRoleForm = { person: '', part: '' },
  errors?: FormErrors,
): NewRolePage => ({
  title: 'Give a person a role',
  action: pathTo(paths.newOrganisationRole, { organisationId }),
  back: pathTo(paths.organisation, { organisationId }),
  people: people.map(({ personId, name, email }) => ({
    value: personId,
    text: name,
    label: WRAPPED,
    hint: { text: email, ...WRAPPED },
  })),
  parts: parts.map((part) => ({
    value: partKey(part),
    text: `${roleName(part.role)} in ${part.contract}, for ${part.party}`,
    label: WRAPPED,
    hint: { text: part.title, ...WRAPPED },
  })),
  form,
  ...(errors && { errors }),
});

/** Names a part in a form. */
export const partKey = ({ contract, party, role }: OrganisationPart): string =>
  JSON.stringify([contract, party, role]);

interface EndRolePage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly access: AccessItem;
}

export const END_ROLE = view<EndRolePage>('organisations/end-role.njk');

export function endRolePage(organisationId: string, access: ReviewedAccess): EndRolePage {
  const [item] = accessItems(organisationId, [access]) as [AccessItem];
  return {
    title: 'End a role',
    action: item.end,
    back: pathTo(paths.organisation, { organisationId }),
    access: item,
  };
}
