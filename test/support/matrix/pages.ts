import type { Config } from '../../../src/platform/config/config.js';
import { CONFIG } from '../../../src/platform/config/config.module.js';
import type { TestApp } from '../service.js';
import { type Named, type Rule } from './calls.js';
import { PARTY, type Player, type Stage } from './cast.js';
import type { About } from './policy.js';

const ABSENT = '01900000-0000-7000-8000-000000000000';
type Form = Readonly<Record<string, string>>;
/** A field that no form has: it is refused once somebody is let in, and before anything is done. */
const MALFORMED: Form = { unknown: 'x' };

/** A request as a browser sends it that is on a page of the service. */
export function pageHeaders(
  service: TestApp,
  { session }: Player,
  method: string,
): Record<string, string> {
  const { host, origin } = new URL(service.get<Config>(CONFIG).publicUrl);
  return {
    host,
    accept: 'text/html',
    ...(session === null ? {} : { cookie: `outturn-session=${session}` }),
    ...(method === 'GET'
      ? {}
      : {
          origin,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        }),
  };
}

type Done = number | readonly number[];
const rule = (needs: string, about: About, done: Rule['done'], more: Partial<Rule> = {}): Rule => ({
  needs,
  about,
  done,
  ...more,
});
const form = (fields: Form) => ({ body: () => fields });
const open = (done: Done, more: Partial<Rule> = {}): Rule =>
  rule('public', 'nobody', { active: done }, more);
const own = (done: Done, more: Partial<Rule> = {}): Rule =>
  rule('any', 'oneself', { active: done }, more);
const people = (done: Done, more: Partial<Rule> = {}): Rule =>
  rule('person:manage', 'service', { active: done }, more);
const member = (draft: Done, active: Done, more: Partial<Rule> = {}): Rule =>
  rule('member:manage', 'contract', { absent: 404, draft, active }, more);
const organisation = (done: Done, more: Partial<Rule> = {}): Rule =>
  rule('organisation:manage', 'organisation', { absent: 404, organisation: done }, more);
/** What was done on a contract, in the draft and in the one in force. */
const trail = (done: Done, more: Partial<Rule> = {}): Rule =>
  rule('audit:read', 'contract', { absent: 404, draft: done, active: done }, more);
/** Of an organisation, and an administrator's alone. */
const adding = (done: Rule['done'], more: Partial<Rule> = {}): Rule =>
  rule('organisation:manage', 'service', done, more);

const nobody = ({ nobody: { id } }: Stage) => ({ personId: id, role: 'verifier' });
const absent = () => ({
  personId: ABSENT,
  factorId: ABSENT,
  sessionId: ABSENT,
  identityId: ABSENT,
  providerId: ABSENT,
  token: 'none',
  role: 'verifier',
});
const first = () => ({ seq: '1' });
const verifier = (stage: Stage) => ({
  personId: stage.verifier.id,
  code: stage.active,
  role: 'verifier',
});
const at = (parts: (stage: Stage) => Readonly<Record<string, string>>) => ({ at: parts });
const of = '/organisations/:organisationId';

/** Every page, what it needs, and the smallest call that gets past the reading of the request. */
export const PAGES: Readonly<Record<string, Rule>> = {
  'GET /sign-in': open([200, 303]),
  'POST /sign-in': open(400, form(MALFORMED)),
  'GET /sign-in/code': open(303),
  'POST /sign-in/code': open(303, form(MALFORMED)),
  'GET /sign-in/recovery-code': open(303),
  'POST /sign-in/recovery-code': open(303, form(MALFORMED)),
  'GET /sign-in/passkey': open(303),
  'POST /sign-in/passkey': open(400, form(MALFORMED)),
  'POST /sign-in/passkey/options': open(400, form(MALFORMED)),
  'GET /sign-in/organisation': open(200),
  'POST /sign-in/organisation': open(400, form(MALFORMED)),
  'GET /sign-in/provider/return': open(400),
  'GET /sign-in/second-factor': open(303),
  'GET /sign-in/second-factor/authenticator': open(303),
  'POST /sign-in/second-factor/authenticator': open(303, form(MALFORMED)),
  'GET /sign-in/second-factor/passkey': open(303),
  'POST /sign-in/second-factor/passkey': open(303, form(MALFORMED)),
  'POST /sign-in/second-factor/passkey/options': open(303, form(MALFORMED)),
  'POST /sign-out': open(400, form(MALFORMED)),
  'GET /forgotten-password': open(200),
  'POST /forgotten-password': open(400, form(MALFORMED)),
  'GET /forgotten-password/sent': open(200),
  'GET /set-password/:token': open(404, at(absent)),
  'POST /set-password/:token': open(400, { ...at(absent), ...form(MALFORMED) }),
  'GET /.well-known/change-password': open(303),
  'GET /accessibility': open(200),
  'GET /privacy': open(200),

  'GET /': own(200),
  'GET /confirm-it-is-you': own(200),
  'POST /confirm-it-is-you': own(400, form(MALFORMED)),
  'GET /confirm-it-is-you/passkey': own(303),
  'POST /confirm-it-is-you/passkey': own(400, form(MALFORMED)),
  'POST /confirm-it-is-you/passkey/options': own(400, form(MALFORMED)),
  'GET /account': own(200),
  'GET /account/password': own([200, 303]),
  'POST /account/password': own(400, form(MALFORMED)),
  'GET /account/authenticator': own(200),
  'POST /account/authenticator': own(400, form(MALFORMED)),
  'GET /account/passkey': own(200),
  'POST /account/passkey': own(400, form(MALFORMED)),
  'POST /account/passkey/options': own(400, form(MALFORMED)),
  'GET /account/second-factors/:factorId/remove': own(404, at(absent)),
  'POST /account/second-factors/:factorId/remove': own(404, at(absent)),
  'GET /account/recovery-codes': own(200),
  'POST /account/recovery-codes': own(400, form(MALFORMED)),
  'GET /account/sessions': own(200),
  'POST /account/sessions/:sessionId/end': own(404, at(absent)),
  'POST /account/sessions/end-others': own(400, form(MALFORMED)),
  'GET /account/identities/new': own(200),
  'POST /account/identities/new': own(400, form({ email: 'nobody' })),
  'GET /account/identities/:identityId/remove': own(404, at(absent)),
  'POST /account/identities/:identityId/remove': own(404, at(absent)),
  'GET /organisations': own(200),

  'GET /people': people(200),
  'GET /people/new': people(200),
  'POST /people/new': people(400, {
    body: (_, stage) => ({ email: stage.nobody.email, name: 'Again', kind: 'party' }),
  }),
  'GET /people/:personId': people(200, at(nobody)),
  'GET /people/:personId/second-factors/reset': people(200, at(nobody)),
  'POST /people/:personId/second-factors/reset': people(404, at(absent)),
  'GET /sign-in-providers': people(200),
  'GET /sign-in-providers/new': people(200),
  'POST /sign-in-providers/new': people(400),
  'GET /sign-in-providers/:providerId/remove': people(404, at(absent)),
  'POST /sign-in-providers/:providerId/remove': people(404, at(absent)),

  'GET /contracts/:code/people': member(200, 200),
  'GET /contracts/:code/people/new': member(200, 200),
  'POST /contracts/:code/people/new': member(400, 400),
  'GET /contracts/:code/people/:personId/:role/end': member(404, 404, at(nobody)),
  'POST /contracts/:code/people/:personId/:role/end': member(404, 404, at(nobody)),

  'GET /contracts/:code/activity': trail(200),
  'GET /contracts/:code/activity/export': trail(200, { query: '?format=csv' }),
  'GET /contracts/:code/activity/:seq': trail(200, at(first)),
  'GET /contracts/:code/activity/:seq/proof': trail([200, 404], at(first)),

  'GET /organisations/new': adding({ active: 200 }),
  'POST /organisations/new': adding(
    { active: 400 },
    { body: (_: Named, stage: Stage) => ({ name: stage.organisationName }) },
  ),
  [`GET ${of}/parties/new`]: adding({ absent: 404, organisation: 200 }),
  [`POST ${of}/parties/new`]: adding(
    { absent: 404, organisation: 400 },
    { body: ({ code }: Named) => ({ contract: code, party: PARTY.verifier }) },
  ),
  [`GET ${of}`]: organisation(200),
  [`GET ${of}/people/new`]: organisation(200),
  [`POST ${of}/people/new`]: organisation(400, {
    body: (_, stage) => ({ email: stage.verifier.email, name: 'Again', kind: 'member' }),
  }),
  [`GET ${of}/people/:personId`]: organisation(200, at(verifier)),
  [`POST ${of}/people/:personId/manager`]: organisation(404, at(absent)),
  [`POST ${of}/people/:personId/invitation`]: organisation(404, at(absent)),
  [`GET ${of}/people/:personId/invitation/withdraw`]: organisation(200, at(verifier)),
  [`POST ${of}/people/:personId/invitation/withdraw`]: organisation(404, at(absent)),
  [`GET ${of}/people/:personId/end`]: organisation(200, at(verifier)),
  [`POST ${of}/people/:personId/end`]: organisation(404, at(absent)),
  [`GET ${of}/roles/new`]: organisation(200),
  [`POST ${of}/roles/new`]: organisation(400),
  [`GET ${of}/roles/:code/:personId/:role/end`]: organisation(200, at(verifier)),
  [`POST ${of}/roles/:code/:personId/:role/end`]: organisation(404, at(absent)),
  [`GET ${of}/access-review`]: organisation(200),
  [`POST ${of}/access-review`]: organisation(400),
};
