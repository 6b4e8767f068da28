import type { Request } from './calls.js';
import { PARTY, type Stage } from './cast.js';
import type { Named } from './calls.js';

type Act = (thing: Named, stage: Stage) => Partial<Request> | null;

const code = '/v1/contracts/:code';
const participant = `${code}/participants/:reference`;
const started = { reference: 'P-77', cohort: 'all', startedOn: '2015-06-02' };
const isActive = (thing: Named, request: Partial<Request>): Partial<Request> | null =>
  thing.within === 'active' ? request : null;
const onActive =
  (request: Partial<Request>): Act =>
  (thing) =>
    isActive(thing, request);

/** Of somebody whose belonging nobody sees but who looks after it: everybody sees their own. */
const ofManager =
  (act: string, door = ''): Act =>
  ({ organisationId }, { players }) => {
    const manager = players.find(({ name }) => name === 'organisation manager, own')!;
    return { path: `${door}/organisations/${organisationId}/people/${manager.id}/${act}` };
  };
const invitationOfManager = ofManager('invitation', '/v1');

/**
 * For routes that write: the request that would be carried out if nobody asked who sends it. Where the smallest request of
 * the matrix would be carried out already, there is none.
 */
export const ACTS: Readonly<Record<string, Act>> = {
  'POST /v1/people': () => ({ body: { email: 'new@matrix.example', name: 'Somebody new' } }),
  'POST /v1/organisations': () => ({ body: { name: 'A new organisation' } }),
  'POST /v1/organisations/:organisationId/people': () => ({
    body: { email: 'new@matrix.example', name: 'Somebody new' },
  }),
  'POST /v1/organisations/:organisationId/people/:personId/invitation': invitationOfManager,
  'DELETE /v1/organisations/:organisationId/people/:personId/invitation': invitationOfManager,
  // who manages an organisation may add people to the service, who are no administrators
  'POST /people/new': () => ({
    body: { email: 'page@matrix.example', name: 'Somebody new', kind: 'administrator' },
  }),
  'POST /sign-in-providers/new': () => ({
    body: {
      name: 'A provider',
      issuer: 'https://login.matrix.example',
      clientId: 'outturn',
      clientSecretName: 'OIDC_SECRET_MATRIX',
      emailDomains: 'matrix.example',
    },
  }),
  'POST /organisations/new': () => ({ body: { name: 'An organisation of a page' } }),
  'POST /organisations/:organisationId/people/new': () => ({
    body: { email: 'page@matrix.example', name: 'Somebody new', kind: 'member' },
  }),
  'POST /organisations/:organisationId/people/:personId/manager': ofManager('manager'),
  'POST /organisations/:organisationId/people/:personId/end': ofManager('end'),
  'POST /organisations/:organisationId/people/:personId/invitation': ofManager('invitation'),
  'POST /organisations/:organisationId/people/:personId/invitation/withdraw':
    ofManager('invitation/withdraw'),
  'POST /contracts/:code/people/new': (_, { nobody }) => ({
    body: { email: nobody.email, part: `observer ${PARTY.observer}` },
  }),
  'POST /contracts/:code/people/:personId/:role/end': (thing, { provider }) => ({
    path: `/contracts/${thing.code}/people/${provider.id}/provider/end`,
  }),
  [`POST ${code}/members`]: (_, { nobody }) => ({
    body: { email: nobody.email, party: PARTY.observer, role: 'observer' },
  }),
  // of a party whose organisation nobody manages: who manages one may end what its people do, by a review
  [`DELETE ${code}/members/:personId/:role`]: (thing, { provider }) => ({
    path: `/v1/contracts/${thing.code}/members/${provider.id}/provider`,
  }),
  [`POST ${code}/participants`]: onActive({ body: started }),
  [`POST ${code}/exceptions`]: onActive({
    body: { ...started, exceptionReason: 'Agreed by letter of 1 June' },
  }),
  [`POST ${participant}/corrections`]: onActive({
    body: { startedOn: '2015-06-03', reason: 'The day was read wrongly' },
  }),
  [`POST ${participant}/measurements`]: onActive({
    body: { metric: 'ucla', timePoint: '18m', measuredOn: '2016-12-05', score: 3 },
  }),
  [`POST ${participant}/measurements/:metric/:occurrence/corrections`]: onActive({
    body: { measuredOn: '2015-06-02', score: 9, reason: 'The form was read wrongly' },
  }),
  [`POST ${participant}/identity`]: onActive({ body: { name: 'Somebody else' } }),
  [`POST ${participant}/consents`]: onActive({
    body: { scope: 'evaluation', act: 'withdrawn', on: '2016-01-02' },
  }),
  [`POST ${participant}/erasure`]: (thing) =>
    isActive(thing, { path: `/v1/contracts/${thing.code}/participants/P-1/erasure` }),
  [`POST ${code}/imports/participants`]: onActive({
    body: 'reference,cohort,started_on,age\nP-78,all,2015-06-02,70\n',
  }),
  [`POST ${code}/imports/measurements`]: onActive({
    body: 'reference,metric,time_point,measured_on,score\nP-1,ucla,18m,2016-12-05,3\n',
  }),
  [`POST ${code}/computations`]: onActive({ body: { period: '2016-Q1' } }),
  [`POST ${code}/claims/:number/decisions`]: (thing, { tags }) =>
    thing.state === 'submitted'
      ? { ifMatch: tags.submitted, body: { approveUndecided: true } }
      : null,
  [`POST ${code}/statements/:period/issues`]: (thing) =>
    isActive(thing, { path: `/v1/contracts/${thing.code}/statements/2015-Q4/issues` }),
};
