import type { ReviewedAccess } from '../../access/organisations/access-reviews.service.js';
import type { Organisation } from '../../access/organisations/organisations.service.js';
import type { InvitedAffiliate } from '../../access/sign-in/invitations.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo } from '../paths.js';
import { accessItems, type AccessItem } from './access-item.js';
import { personItem, type PersonItem } from './person-item.js';

export interface InviteForm {
  readonly email: string;
  readonly name: string;
  readonly kind: string;
}

interface InvitePage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly organisation: string;
  readonly form: InviteForm;
}

export const INVITE = view<InvitePage>('organisations/invite.njk');

export const invitePage = (
  { id: organisationId, name }: Organisation,
  form: InviteForm = { email: '', name: '', kind: 'member' },
  errors?: FormErrors,
): InvitePage => ({
  title: 'Invite a person',
  action: pathTo(paths.newAffiliate, { organisationId }),
  back: pathTo(paths.organisation, { organisationId }),
  organisation: name,
  form,
  ...(errors && { errors }),
});

interface AffiliatePage extends PageModel {
  readonly back: string;
  readonly organisation: string;
  readonly person: PersonItem;
  readonly access: readonly AccessItem[];
  readonly places: Readonly<Record<'manager' | 'sendAgain' | 'withdraw' | 'end', string>>;
}

export const AFFILIATE = view<AffiliatePage>('organisations/affiliate.njk');

export function affiliatePage(
  { id: organisationId, name }: Organisation,
  person: InvitedAffiliate,
  access: readonly ReviewedAccess[],
  { notice, errors }: { readonly notice: string | null; readonly errors: FormErrors | undefined },
): AffiliatePage {
  const at = { organisationId, personId: person.personId };
  return {
    title: person.name,
    back: pathTo(paths.organisation, { organisationId }),
    organisation: name,
    person: personItem(organisationId, person),
    access: accessItems(organisationId, access),
    places: {
      manager: pathTo(paths.affiliateManager, at),
      sendAgain: pathTo(paths.affiliateInvitation, at),
      withdraw: pathTo(paths.affiliateWithdrawal, at),
      end: pathTo(paths.affiliateEnd, at),
    },
    notice,
    ...(errors && { errors }),
  };
}

interface LeavePage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly organisation: string;
  readonly person: PersonItem;
  readonly isWithdrawal: boolean;
}

/** Two ways to let somebody go, which look alike: whoever never came, and whoever leaves. */
export const LEAVE = view<LeavePage>('organisations/leave.njk');

export const leavePage = (organisation: Organisation, person: InvitedAffiliate): LeavePage =>
  goodbye(organisation, person, {
    title: 'Let a person leave',
    path: paths.affiliateEnd,
    isWithdrawal: false,
  });

export const withdrawPage = (organisation: Organisation, person: InvitedAffiliate): LeavePage =>
  goodbye(organisation, person, {
    title: 'Withdraw an invitation',
    path: paths.affiliateWithdrawal,
    isWithdrawal: true,
  });

function goodbye(
  { id: organisationId, name }: Organisation,
  person: InvitedAffiliate,
  way: {
    readonly title: string;
    readonly path: typeof paths.affiliateEnd | typeof paths.affiliateWithdrawal;
    readonly isWithdrawal: boolean;
  },
): LeavePage {
  const at = { organisationId, personId: person.personId };
  return {
    title: way.title,
    action: pathTo(way.path, at),
    back: pathTo(paths.affiliate, at),
    organisation: name,
    person: personItem(organisationId, person),
    isWithdrawal: way.isWithdrawal,
  };
}
