import { randomUUID } from 'node:crypto';
import { PARTY, termsOf, type Stage } from './cast.js';
import type { About, Thing } from './policy.js';

/** A request that is refused to whoever may not, and to everybody else does as little as it can. */
export interface Request {
  readonly path: string;
  readonly body?: object | string;
  readonly ifMatch?: string;
  /** What is answered to whoever may; a body that nothing comes of is refused with one of these. */
  readonly done: readonly number[];
}

/** A thing with all that addresses name of it. */
export type Named = Thing &
  Readonly<Record<'code' | 'number' | 'id' | 'reference', string>> & {
    readonly organisationId: string;
  };

export interface Rule {
  readonly needs: string;
  /** What a key must be good for as well, because the answer tells that, too. */
  readonly also?: string;
  /** What the route itself declares, where it asks for more only once it has read the request. */
  readonly declares?: string;
  readonly about: About;
  /** The states on which the route is called; each with what is answered to whoever may. */
  readonly done: Readonly<Record<string, number | readonly number[]>>;
  readonly body?: (thing: Named, stage: Stage) => object | string;
  readonly ifMatch?: string;
  /** Parts of the address other than those of the thing. */
  readonly at?: (stage: Stage) => Readonly<Record<string, string>>;
  /** What an address must ask for to be read at all, beginning with "?". */
  readonly query?: string;
}

const ABSENT = '01900000-0000-7000-8000-000000000000';

/** Every state of every thing that a route can be called on. */
export function thingsOf(stage: Stage): Named[] {
  const none = {
    code: 'no-such-contract',
    number: '1',
    id: ABSENT,
    reference: 'no-such-contract.3.1',
  };
  const active = { within: 'active', ...none, code: stage.active, reference: 'P-1' } as const;
  const [organisationId, absentOrganisation] = [stage.organisation, ABSENT];
  const { claims, computation, line } = stage;
  return [
    { state: 'absent', within: null, ...none, organisationId: absentOrganisation },
    {
      state: 'draft',
      within: 'draft',
      ...none,
      code: stage.draft,
      reference: 'P-1',
      organisationId,
    },
    { state: 'active', ...active, organisationId },
    { state: 'submitted', ...active, number: String(claims.submitted), organisationId },
    { state: 'decided', ...active, number: String(claims.decided), organisationId },
    { state: 'computed', ...active, id: computation.id, reference: line, organisationId },
    { state: 'organisation', ...active, organisationId },
  ];
}

const open = (needs: string, about: About, more: Partial<Rule> = {}): Rule => ({
  needs,
  about,
  done: { active: 200 },
  ...more,
});
/** Of a contract: called on none, on a draft and on one in force. */
const contract = (
  needs: string,
  draft: number | readonly number[],
  active: number | readonly number[],
  more: Partial<Rule> = {},
): Rule => ({
  needs,
  about: 'contract',
  done: { absent: 404, draft, active },
  ...more,
});
const claim = (needs: string, done: number, more: Partial<Rule> = {}): Rule => ({
  needs,
  about: 'contract',
  done: { absent: 404, submitted: done, decided: done },
  ...more,
});
const computed = (needs: string, done: number, more: Partial<Rule> = {}): Rule => ({
  needs,
  about: 'contract',
  done: { absent: 404, computed: done },
  ...more,
});
const organisation = (done: number, more: Partial<Rule> = {}): Rule => ({
  needs: 'organisation:manage',
  about: 'organisation',
  done: { absent: 404, organisation: done },
  ...more,
});

const STALE = '"stale"';
const csv = () => 'nonsense\n1\n';
const narrowed = () => ({ label: 'narrow', contracts: ['no-such-contract'] });
const nobodyAt = (stage: Stage) => ({ personId: stage.nobody.id, keyId: ABSENT });
const oneCell = { done: { active: 404 } };
const enrolment = { reference: 'P-99', cohort: 'nope', startedOn: 'nope' };
const terms = ({ code }: Named) => ({ terms: termsOf(code) });

const code = '/v1/contracts/:code';
const participant = `${code}/participants/:reference`;

/** Every route, what it needs, and the smallest call that gets past the reading of the request. */
export const RULES: Readonly<Record<string, Rule>> = {
  'GET /v1': open('public', 'nobody'),
  'GET /v1/terms-schema': open('public', 'nobody'),
  'GET /v1/log/checkpoint': open('public', 'nobody', { done: { active: [200, 404] } }),
  'GET /v1/log/key': open('public', 'nobody'),
  'GET /v1/log/consistency': open('public', 'nobody', { done: { active: 400 } }),
  'POST /oauth/token': open('public', 'nobody', {
    body: () => ({ grant_type: 'password' }),
    done: { active: 400 },
  }),

  'GET /v1/me': open('any', 'oneself'),
  'GET /v1/me/keys': open('any', 'oneself'),
  'POST /v1/me/keys': open('any', 'oneself', { body: narrowed, done: { active: 422 } }),
  'DELETE /v1/me/keys/:keyId': open('any', 'oneself', { at: nobodyAt, ...oneCell }),
  'GET /v1/me/clients': open('any', 'oneself'),
  'POST /v1/me/clients': open('any', 'oneself', { body: narrowed, done: { active: 422 } }),
  'DELETE /v1/me/clients/:clientId': open('any', 'oneself', {
    at: () => ({ clientId: ABSENT }),
    ...oneCell,
  }),
  'GET /v1/contracts': open('any', 'oneself'),
  'GET /v1/organisations': open('any', 'oneself'),
  'POST /v1/contract-checks': open('any', 'oneself', { body: terms }),

  'GET /v1/people': open('person:manage', 'service'),
  'POST /v1/people': open('person:manage', 'service', {
    body: (_, { nobody }) => ({ email: nobody.email, name: 'Again' }),
    done: { active: 409 },
  }),
  'POST /v1/people/:personId/keys': open('person:manage', 'service', {
    at: nobodyAt,
    body: narrowed,
    done: { active: 422 },
  }),
  'POST /v1/people/:personId/same-human': open('person:manage', 'service', {
    at: nobodyAt,
    body: (_, { nobody }) => ({ sameAs: nobody.id, reason: 'The same account' }),
    done: { active: 409 },
  }),
  'DELETE /v1/people/:personId/keys/:keyId': open('person:manage', 'service', {
    at: nobodyAt,
    ...oneCell,
  }),
  'POST /v1/organisations': open('organisation:manage', 'service', {
    body: (_, stage) => ({ name: stage.organisationName }),
    done: { active: 409 },
  }),

  'GET /v1/organisations/:organisationId/people': organisation(200),
  'GET /v1/organisations/:organisationId/access': organisation(200),
  'POST /v1/organisations/:organisationId/people': organisation(409, {
    body: (_, { verifier }) => ({ email: verifier.email, name: 'Again' }),
  }),
  'DELETE /v1/organisations/:organisationId/people/:personId': organisation(404, {
    at: () => ({ personId: ABSENT }),
  }),
  'POST /v1/organisations/:organisationId/people/:personId/invitation': organisation(404, {
    at: () => ({ personId: ABSENT }),
  }),
  'DELETE /v1/organisations/:organisationId/people/:personId/invitation': organisation(404, {
    at: () => ({ personId: ABSENT }),
  }),
  'POST /v1/organisations/:organisationId/access-reviews': organisation(409, {
    body: () => ({ decisions: [] }),
  }),

  'POST /v1/contracts': open('contract:draft', 'opening', {
    body: terms,
    done: { active: [409, 422] },
  }),
  [`GET ${code}`]: contract('contract:read', 200, 200),
  [`GET ${code}/terms`]: contract('contract:read', 200, 200),
  [`GET ${code}/terms/:number`]: contract('contract:read', 200, 200),
  [`GET ${code}/terms/:number/term-sheet.html`]: contract('contract:read', 200, 200),
  [`GET ${code}/terms/:number/term-sheet.md`]: contract('contract:read', 200, 200),
  'POST /v1/terms/try': contract('contract:read', 422, 422, {
    declares: 'any',
    body: (thing) => ({ contract: thing.code, clause: '9.9', example: 'none' }),
  }),
  [`PUT ${code}/draft`]: contract('contract:draft', 412, 412, { body: terms, ifMatch: STALE }),
  [`POST ${code}/amendments`]: contract('contract:amend', 409, 422, {
    body: (thing) => ({ ...terms(thing), effectiveFrom: '2016-04-01', reason: 'None' }),
  }),
  [`POST ${code}/consents`]: contract('contract:consent', 412, 409, {
    body: () => ({ documentHash: '0'.repeat(64) }),
  }),

  [`GET ${code}/members`]: contract('member:manage', 200, 200),
  [`POST ${code}/members`]: contract('member:manage', 409, 409, {
    about: 'party',
    body: (_, { verifier }) => ({ email: verifier.email, party: PARTY.verifier, role: 'verifier' }),
  }),
  [`DELETE ${code}/members/:personId/:role`]: contract('member:manage', 404, 404, {
    at: ({ nobody }) => ({ personId: nobody.id, role: 'verifier' }),
  }),
  [`PUT ${code}/parties/:party/organisation`]: contract('member:manage', 409, 409, {
    at: () => ({ party: PARTY.verifier }),
    body: (_, stage) => ({ organisationId: stage.organisation }),
  }),

  [`GET ${code}/participants`]: contract('participant:read', 200, 200),
  [`GET ${participant}`]: contract('participant:read', 404, 200, { also: 'measurement:read' }),
  [`POST ${code}/participants`]: contract('participant:write', 409, 422, { body: () => enrolment }),
  [`POST ${code}/exceptions`]: contract('participant:admit', 409, 422, {
    body: () => ({ ...enrolment, exceptionReason: 'None' }),
  }),
  [`POST ${participant}/corrections`]: contract('participant:write', 404, 422, {
    body: () => ({ reason: 'None', startedOn: 'nope' }),
  }),
  [`GET ${participant}/identity`]: contract('identity:read', 404, 200),
  [`POST ${participant}/identity`]: contract('identity:write', 404, 422, {
    body: () => ({ phone: '01905777111' }), // which these terms do not allow
  }),
  [`GET ${participant}/consents`]: contract('participant:read', 404, 200),
  [`POST ${participant}/consents`]: contract('consent:write', 404, 422, {
    body: () => ({ scope: 'service', act: 'given', on: 'nope' }),
  }),
  [`POST ${participant}/erasure`]: contract('participant:erase', 404, 404, {
    at: () => ({ reference: 'no-such-participant' }),
  }),
  [`GET ${participant}/subject-access`]: contract('participant:export', 404, 200),
  [`GET ${participant}/measurements`]: contract('measurement:read', 404, 200),
  [`GET ${participant}/questionnaire-responses`]: contract('measurement:read', 404, 200),
  [`POST ${participant}/measurements`]: contract('measurement:write', 404, 422, {
    body: () => ({ metric: 'nope', measuredOn: 'nope' }),
  }),
  [`POST ${participant}/measurements/:metric/:occurrence/corrections`]: contract(
    'measurement:write',
    409,
    422,
    {
      at: () => ({ metric: 'ucla', occurrence: 'baseline' }),
      body: () => ({ measuredOn: 'nope', reason: 'None' }),
    },
  ),
  [`GET ${code}/figures`]: contract('figure:read', 200, 200),
  [`POST ${code}/figures`]: contract('figure:submit', 409, 422, {
    body: () => ({ figures: [{ metric: 'nope', from: 'nope', to: 'nope' }] }),
  }),
  [`GET ${code}/effects`]: contract('effect:read', 200, 200),
  [`POST ${code}/effects`]: contract('effect:sign', 409, 422, {
    body: () => ({ metric: 'nope', signedOn: 'nope' }),
  }),
  [`POST ${code}/imports/participants`]: contract('participant:write', 409, 422, { body: csv }),
  [`POST ${code}/imports/measurements`]: contract('measurement:write', 409, 422, { body: csv }),
  [`POST ${code}/imports/figures`]: contract('figure:submit', 409, 422, { body: csv }),
  [`POST ${code}/imports/effects`]: contract('effect:sign', 409, 422, { body: csv }),

  [`GET ${code}/computations`]: contract('computation:read', 200, 200),
  [`POST ${code}/computations`]: contract('computation:request', 409, 422, {
    body: () => ({ period: 'nope' }),
  }),
  'POST /v1/computations/:id/rechecks': computed('computation:request', 202),
  'GET /v1/computations/:id/lines': computed('line:read', 200),
  'GET /v1/lines/:reference': computed('line:read', 200),
  'GET /v1/jobs/:id': computed('computation:read', 200),
  'GET /v1/jobs/:id/events': computed('computation:read', 200),
  'POST /v1/jobs/:id/cancellation': computed('computation:cancel', 409),

  [`GET ${code}/claims`]: contract('claim:read', 200, 200),
  [`POST ${code}/claims`]: contract('claim:submit', 404, 409, {
    body: (_, stage) => ({ computation: stage.computation.number, lines: [stage.line] }),
  }),
  [`GET ${code}/claims/dependent-decisions`]: contract('claim:oversee', 200, 200),
  [`GET ${code}/claims/:number`]: claim('claim:read', 200),
  [`GET ${code}/claims/:number/lines`]: claim('claim:read', 200),
  [`POST ${code}/claims/:number/decisions`]: claim('claim:decide', 412, {
    body: () => ({ approveUndecided: true }),
    ifMatch: STALE,
  }),

  [`GET ${code}/statements`]: contract('statement:read', 200, 200),
  [`GET ${code}/statements/:period`]: contract('statement:read', 409, 200, {
    at: (stage) => ({ period: stage.period }),
  }),
  [`POST ${code}/statements/:period/issues`]: contract('statement:issue', 409, 404, {
    at: () => ({ period: 'nope' }),
  }),
  [`GET ${code}/audit`]: contract('audit:read', 200, 200),
  [`GET ${code}/activity`]: contract('audit:read', 200, 200),
  [`GET ${code}/activity/export`]: contract('audit:read', 200, 200),
  [`GET ${code}/activity/:seq`]: contract('audit:read', 200, 200, { at: () => ({ seq: '1' }) }),
  'GET /v1/people/:personId/activity': open('any', 'oneself', { at: nobodyAt }),
  [`GET ${code}/audit/entries/:seq/bundle`]: contract('audit:read', [200, 404], [200, 404], {
    at: () => ({ seq: '1' }),
  }),
  [`GET ${code}/audit/verification`]: contract('audit:verify', 200, 200),
  // nothing is sealed there: no worker runs
  [`GET ${code}/audit/entries/:seq/proof`]: contract('audit:read', [200, 404], [200, 404], {
    at: () => ({ seq: '1' }),
  }),
  [`GET ${code}/proof`]: contract('audit:read', [200, 404], [200, 404]),
  [`GET ${code}/statements/:period/:number/proof`]: contract('statement:read', 404, 404, {
    at: () => ({ period: 'nope', number: '1' }),
  }),
  [`GET ${code}/claims/:number/proof`]: contract('claim:read', 404, 404, {
    at: () => ({ number: '99' }),
  }),
  [`GET ${code}/lines/:reference/proof`]: contract('line:read', 404, 404, {
    at: () => ({ reference: 'nope' }),
  }),
  [`GET ${code}/participants/:reference/proof`]: contract('line:read', 404, 404, {
    at: () => ({ reference: 'nope' }),
  }),
};

/** The request of a route on a thing. */
export function requestOf(route: string, rule: Rule, thing: Named, stage: Stage): Request {
  const given: Readonly<Record<string, string>> = { ...thing, ...rule.at?.(stage) } as never;
  const path = route.slice(route.indexOf('/')).replace(/:(\w+)/g, (_, name: string) => {
    const value = given[name];
    if (value === undefined) throw new Error(`${route}: nothing is known for :${name}`);
    return value;
  });
  const done = [rule.done[thing.state] ?? []].flat();
  return {
    path: path + (rule.query ?? ''),
    done,
    ...(rule.body ? { body: rule.body(thing, stage) } : {}),
    ...(rule.ifMatch ? { ifMatch: rule.ifMatch } : {}),
  };
}

export const freshKey = (): string => randomUUID();
