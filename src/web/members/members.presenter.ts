import type { Member } from '../../access/members.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { roleName } from '../frame/roles.js';
import { paths, pathTo } from '../paths.js';
import type { ContractPart } from './parts.js';

interface MemberItem {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly party: string;
  readonly grantedAt: Date;
  readonly endedAt: Date | null;
  /** Where the role is ended; null when it has. */
  readonly end: string | null;
}

interface MembersPage extends PageModel {
  readonly code: string;
  readonly present: readonly MemberItem[];
  readonly past: readonly MemberItem[];
  readonly add: string;
  readonly back: string;
}

export const MEMBERS = view<MembersPage>('members/members.njk');

export function membersPage(
  code: string,
  members: readonly Member[],
  notice: string | null,
): MembersPage {
  const items = members.map((member) => itemOf(code, member));
  return {
    title: 'People in this contract',
    code,
    present: items.filter(({ endedAt }) => endedAt === null),
    past: items.filter(({ endedAt }) => endedAt !== null),
    add: pathTo(paths.newMember, { code }),
    back: paths.home,
    notice,
  };
}

const itemOf = (code: string, member: Member): MemberItem => ({
  name: member.name,
  email: member.email,
  role: roleName(member.role),
  party: member.party,
  grantedAt: new Date(member.grantedAt),
  endedAt: member.endedAt === null ? null : new Date(member.endedAt),
  end:
    member.endedAt === null
      ? pathTo(paths.memberEnd, { code, personId: member.personId, role: member.role })
      : null,
});

export interface NewMemberForm {
  readonly email: string;
  readonly part: string;
}

interface NewMemberPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly form: NewMemberForm;
  readonly parts: readonly ContractPart[];
}

export const NEW_MEMBER = view<NewMemberPage>('members/new-member.njk');

export const newMemberPage = (
  code: string,
  parts: readonly ContractPart[],
  form: NewMemberForm = { email: '', part: '' },
  errors?: FormErrors,
): NewMemberPage => ({
  title: 'Give a person a role',
  action: pathTo(paths.newMember, { code }),
  back: pathTo(paths.members, { code }),
  form,
  parts,
  ...(errors && { errors }),
});

interface EndPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly member: MemberItem;
  readonly code: string;
}

export const END = view<EndPage>('members/end.njk');

export const endPage = (code: string, member: Member): EndPage => {
  const item = itemOf(code, member);
  return {
    title: 'End a role',
    action: item.end ?? '',
    back: pathTo(paths.members, { code }),
    member: item,
    code,
  };
};
