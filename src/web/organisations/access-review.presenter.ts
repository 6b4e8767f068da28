import type { AccessToReview } from '../../access/organisations/access-reviews.service.js';
import type { Organisation } from '../../access/organisations/organisations.service.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo } from '../paths.js';
import { accessItems, type AccessItem } from './access-item.js';

/** With what the name of a row's field begins. */
export const ROW = 'access-';

interface ReviewPage extends PageModel {
  readonly action: string;
  readonly back: string;
  readonly organisation: string;
  readonly lastReviewedAt: Date | null;
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
  readonly rows: readonly (AccessItem & { readonly field: string; readonly choice: string })[];
}

export const REVIEW = view<ReviewPage>('organisations/access-review.njk');

export const reviewPage = (
  { id: organisationId, name }: Organisation,
  { access, lastReviewedAt, dueOn, isOverdue }: AccessToReview,
  choices: ReadonlyMap<string, string>,
  errors?: FormErrors,
): ReviewPage => ({
  title: 'Review access',
  action: pathTo(paths.accessReview, { organisationId }),
  back: pathTo(paths.organisation, { organisationId }),
  organisation: name,
  lastReviewedAt: lastReviewedAt === null ? null : new Date(lastReviewedAt),
  dueOn,
  isOverdue,
  rows: accessItems(organisationId, access).map((item) => ({
    ...item,
    field: ROW + item.key,
    choice: choices.get(item.key) ?? '',
  })),
  ...(errors && { errors }),
});
