import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths } from '../paths.js';

interface AskPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly email: string;
  readonly returnTo: string | null;
}

export const ASK = view<AskPage>('organisation-sign-in/ask.njk');

export const askPage = (asked: {
  readonly email?: string;
  readonly returnTo: string | null;
  readonly errors?: FormErrors;
}): AskPage => ({
  title: 'Sign in with your organisation’s account',
  action: paths.signInOrganisation,
  back: paths.signIn,
  email: '',
  ...asked,
});

interface GoPage extends PageModel {
  readonly name: string;
  readonly host: string;
  readonly address: string;
}

export const GO = view<GoPage>('organisation-sign-in/go.njk');

export const goPage = (name: string, address: string): GoPage => ({
  title: `Go on at ${name}`,
  name,
  host: new URL(address).host,
  address,
});
