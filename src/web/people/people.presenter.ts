import type { Person } from '../../access/people.service.js';
import type { Page } from '../../platform/http/cursor.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo, withQuery } from '../paths.js';

interface PeoplePage extends PageModel {
  readonly people: readonly (Person & { readonly href: string })[];
  readonly add: string;
  readonly first: string | null;
  readonly next: string | null;
}

export const PEOPLE = view<PeoplePage>('people/people.njk');

export const peoplePage = (
  { items, next }: Page<Person>,
  isLaterPage: boolean,
  notice: string | null,
): PeoplePage => ({
  title: 'People',
  people: items.map((person) => ({ ...person, href: placeOf(person) })),
  add: paths.newPerson,
  first: isLaterPage ? paths.people : null,
  next: next && withQuery(paths.people, { after: next }),
  notice,
});

const placeOf = ({ id }: Person): string => pathTo(paths.person, { personId: id });

export interface NewPersonForm {
  readonly email: string;
  readonly name: string;
  readonly kind: string;
}

interface NewPersonPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly form: NewPersonForm;
}

export const NEW_PERSON = view<NewPersonPage>('people/new-person.njk');

export const newPersonPage = (
  form: NewPersonForm = { email: '', name: '', kind: 'party' },
  errors?: FormErrors,
): NewPersonPage => ({
  title: 'Add a person',
  action: paths.newPerson,
  back: paths.people,
  form,
  ...(errors && { errors }),
});

interface PersonPage extends PageModel {
  readonly person: Person;
  readonly resetFactors: string;
  readonly back: string;
}

export const PERSON = view<PersonPage>('people/person.njk');

export const personPage = (person: Person, notice: string | null): PersonPage => ({
  title: person.name,
  person,
  resetFactors: pathTo(paths.factorsReset, { personId: person.id }),
  back: paths.people,
  notice,
});

interface ResetPage extends PageModel {
  readonly person: Person;
  readonly action: string;
  readonly back: string;
}

export const RESET = view<ResetPage>('people/reset-factors.njk');

export const resetPage = (person: Person): ResetPage => ({
  title: 'Take the second factors away',
  person,
  action: pathTo(paths.factorsReset, { personId: person.id }),
  back: placeOf(person),
});
