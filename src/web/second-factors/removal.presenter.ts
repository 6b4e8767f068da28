import type { FactorView } from '../../access/sign-in/factors.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths } from '../paths.js';

interface RemovalPage extends PageModel {
  readonly label: string;
  readonly kind: FactorView['kind'];
  readonly action: string;
  readonly back: string;
}

export const REMOVAL = view<RemovalPage>('second-factors/removal.njk');

export const removalPage = (
  { label, kind, action }: FactorView & { readonly action: string },
  errors?: FormErrors,
): RemovalPage => ({
  title: 'Remove a second factor',
  label,
  kind,
  action,
  back: paths.account,
  ...(errors && { errors }),
});
