import type { ContractSummary } from '../../contracts/contract-view.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Page } from '../../platform/http/cursor.js';
import { view, type PageModel } from '../frame/answer.js';
import { roleName } from '../frame/roles.js';
import { PERMISSIONS_OF_ROLE, type Role } from '../../access/permissions.js';
import { paths, pathTo, withQuery } from '../paths.js';

interface ContractItem {
  readonly title: string;
  readonly code: string;
  readonly state: string;
  /** "Provider, for charity"; null for an administrator. */
  readonly part: string | null;
  /** Who takes part in it, for administrators. */
  readonly members: string | null;
  /** What was done on it, for those who may read its trail. */
  readonly activity: string | null;
}

interface HomePage extends PageModel {
  readonly isAdministrator: boolean;
  readonly contracts: readonly ContractItem[];
  readonly first: string | null;
  readonly next: string | null;
}

export const HOME = view<HomePage>('home/home.njk');

export const homePage = (
  { isAdministrator }: Actor,
  { items, next }: Page<ContractSummary>,
  isLaterPage: boolean,
): HomePage => ({
  title: isAdministrator ? 'Contracts' : 'Your contracts',
  isAdministrator,
  contracts: items.map(({ title, code, state, you }) => ({
    title,
    code,
    state,
    part: you && `${roleName(you.role)}, for ${you.party}`,
    activity: you && mayReadTrail(you.role) ? pathTo(paths.activity, { code }) : null,
    members: isAdministrator ? pathTo(paths.members, { code }) : null,
  })),
  first: isLaterPage ? paths.home : null,
  next: next && withQuery(paths.home, { after: next }),
});

const mayReadTrail = (role: string): boolean =>
  Object.hasOwn(PERMISSIONS_OF_ROLE, role) &&
  PERMISSIONS_OF_ROLE[role as Role].includes('audit:read');
