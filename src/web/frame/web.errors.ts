import { DomainError } from '../../domain/shared/domain-error.js';
import { MalformedRequest } from '../../platform/http/malformed-request.js';

/** Thrown when a form has a field that it does not have as this service sends it. */
export class FormMalformed extends MalformedRequest {
  constructor() {
    super(
      'FORM_MALFORMED',
      'The form did not arrive as this service sent it. Go back, reload the page and try again.',
    );
  }
}

/** Thrown when a page of another site, or a page whose session has changed, tries to act here. Nothing was done. */
export class NotFromOwnPage extends DomainError {
  constructor() {
    super({
      code: 'NOT_FROM_OWN_PAGE',
      kind: 'forbidden',
      detail:
        'This did not come from a page of this service, or you signed in or out in another window since. Nothing was changed. Go back, reload the page and try again.',
    });
  }
}

/** Thrown when a request names another host than the service has: a cookie of that host proves nothing here. */
export class NotOurHost extends MalformedRequest {
  constructor(readonly address: string) {
    super('NOT_OUR_HOST', `This service answers at ${address} only. Go there.`);
  }
}
