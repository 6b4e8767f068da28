import fc from 'fast-check';
import { canonical } from '../shared/canonical.js';
import type { AuditPayloads, AuditType } from '../audit/entry-types.js';
import { AUDIT_TYPES, isAuditType, sentenceOf } from './sentence.js';

const CORA = '01900000-0000-7000-8000-00000000000a';
const PAT = '01900000-0000-7000-8000-00000000000b';
const UNKNOWN = '01900000-0000-7000-8000-00000000000c';
const NAMES: Readonly<Record<string, string>> = { [CORA]: 'Cora Council', [PAT]: 'Pat Provider' };

const sha = 'ab'.repeat(32);
const file = {
  importId: '7',
  fileSha256: sha,
  fileBytes: '900',
  rows: 1200,
  rowsNew: 1100,
  rowsCorrected: 60,
  rowsUnchanged: 40,
};
const ucla = {
  reference: 'P-1',
  metric: 'ucla',
  occurrence: '6m',
  version: 2,
  measuredOn: '2015-12-10',
  status: 'recorded',
  contentHash: sha,
};
const result = {
  metric: 'effect',
  cohort: 'year-1',
  version: 2,
  signedOn: '2016-05-01',
  value: '0.4',
  n: '200',
  documentHash: sha,
};

/** One act of every type by Cora, with the sentence that it is told in. */
const TOLD: { readonly [Type in AuditType]: readonly [AuditPayloads[Type], string] } = {
  'person.created': [{ personId: PAT, isAdministrator: false }, 'added Pat Provider'],
  'api-key.issued': [
    { personId: PAT, keyId: 'k', prefix: 'ot_ab' },
    'issued an API key in Pat Provider’s name (it begins with ot_ab)',
  ],
  'api-key.revoked': [{ personId: CORA, keyId: 'k' }, 'revoked an API key in their own name'],
  'client.created': [
    { personId: CORA, clientId: 'c' },
    'made a machine client that acts in their own name',
  ],
  'client.revoked': [
    { personId: CORA, clientId: 'c' },
    'revoked a machine client that acted in their own name',
  ],
  'person.recognised': [
    { personId: PAT, sameAs: UNKNOWN, because: 'They said so.' },
    `recognised Pat Provider as the same human as person ${UNKNOWN}, because: They said so`,
  ],
  'organisation.created': [{ organisationId: 'o-1' }, 'added organisation o-1'],
  'affiliation.granted': [
    { organisationId: 'o-1', personId: PAT, isManager: true },
    'let Pat Provider into organisation o-1 as a manager',
  ],
  'affiliation.ended': [
    { organisationId: 'o-1', personId: PAT },
    'ended Pat Provider’s place in organisation o-1',
  ],
  'party.named': [
    { party: 'charity', organisationId: 'o-1' },
    'said that party charity is organisation o-1',
  ],
  'access.reviewed': [
    { organisationId: 'o-1', reviewId: 'r', kept: 2, ended: 1 },
    'reviewed who acts for organisation o-1: 2 roles kept, 1 role ended',
  ],
  'member.added': [
    { personId: PAT, party: 'charity', role: 'provider' },
    'gave Pat Provider the role of provider, for party charity',
  ],
  'member.ended': [
    { personId: PAT, party: 'charity', role: 'provider' },
    'ended Pat Provider’s role of provider, for party charity',
  ],
  'person.disabled': [{ personId: PAT }, 'disabled Pat Provider’s account'],
  'person.enabled': [{ personId: PAT }, 'enabled Pat Provider’s account'],
  'sign-in.completed': [
    { sessionId: 's', first: 'password', second: 'authenticator', failedAttempts: 2 },
    'signed in by password and authenticator, after 2 failed attempts',
  ],
  'sign-in.confirmed': [
    { sessionId: 's', with: 'password' },
    'confirmed who they are, with password',
  ],
  'sessions.ended': [
    { personId: CORA, sessions: 1, why: 'by its person' },
    'ended 1 session in their own name (by its person)',
  ],
  'password.link-withdrawn': [
    { personId: CORA, purpose: 'invitation' },
    'withdrew the link to set their own password (invitation)',
  ],
  'password.link-issued': [
    { personId: CORA, purpose: 'reset' },
    'issued a link to set their own password (reset)',
  ],
  'password.set': [{ personId: CORA, by: 'link' }, 'set their own password (by link)'],
  'second-factor.added': [
    { personId: CORA, factorId: 'f', kind: 'passkey' },
    'added a passkey to their own account',
  ],
  'second-factor.removed': [
    { personId: CORA, factorId: 'f', kind: 'authenticator' },
    'removed an authenticator app from their own account',
  ],
  'second-factors.reset': [
    { personId: PAT, factors: 2 },
    'took 2 second factors from Pat Provider’s account',
  ],
  'recovery-codes.issued': [
    { personId: CORA, codes: 10 },
    'issued 10 recovery codes for their own account',
  ],
  'identity.linked': [
    { personId: CORA, providerId: 'idp' },
    'linked their own account to sign-in provider idp',
  ],
  'identity.unlinked': [
    { personId: CORA, providerId: 'idp' },
    'unlinked their own account from sign-in provider idp',
  ],
  'sign-in-provider.added': [
    { providerId: 'idp', issuer: 'https://idp.example' },
    'added the sign-in provider https://idp.example',
  ],
  'sign-in-provider.removed': [
    { providerId: 'idp', issuer: 'https://idp.example' },
    'removed the sign-in provider https://idp.example',
  ],
  'contract.drafted': [{ code: 'trial', documentHash: sha }, 'drafted the contract trial'],
  'terms.draft-replaced': [
    { number: 1, documentHash: sha },
    'replaced the draft of edition 1 of the terms',
  ],
  'terms.consented': [{ number: 1, documentHash: sha }, 'consented to edition 1 of the terms'],
  'terms.activated': [
    { number: 1, documentHash: sha, effectiveFrom: '2015-04-01' },
    'brought edition 1 of the terms into force, from 1 April 2015',
  ],
  'terms.amendment-drafted': [
    { number: 2, documentHash: sha, effectiveFrom: '2016-04-01', reason: 'Agreed by both' },
    'drafted an amendment, edition 2 of the terms, from 1 April 2016, because: Agreed by both',
  ],
  'participants.imported': [
    file,
    'imported a file of participants: 1,200 rows, of which 1100 new, 60 corrected and 40 unchanged (SHA-256 abababababab…)',
  ],
  'measurements.imported': [
    file,
    'imported a file of measurements: 1,200 rows, of which 1100 new, 60 corrected and 40 unchanged (SHA-256 abababababab…)',
  ],
  'figures.imported': [
    { ...file, rows: 1, rowsNew: 1, rowsCorrected: 0, rowsUnchanged: 0 },
    'imported a file of figures: 1 row, of which 1 new, 0 corrected and 0 unchanged (SHA-256 abababababab…)',
  ],
  'effects.imported': [
    { ...file, rows: 0, rowsNew: 0, rowsCorrected: 0, rowsUnchanged: 0 },
    'imported a file of signed results: no rows, of which 0 new, 0 corrected and 0 unchanged (SHA-256 abababababab…)',
  ],
  'participant.enrolled': [
    { reference: 'P-1', cohort: 'year-1', startedOn: '2015-06-02', contentHash: sha },
    'enrolled participant P-1 into cohort year-1, from 2 June 2015',
  ],
  'enrolment.corrected': [
    { reference: 'P-1', version: 2, reasonHash: sha, contentHash: sha },
    'corrected the enrolment of participant P-1 (version 2)',
  ],
  'identifiers.recorded': [
    { reference: 'P-1', identifiers: ['name', 'phone', 'postcode'] },
    'recorded who participant P-1 is: name, phone and postcode',
  ],
  'identifiers.read': [
    { reference: 'P-1', identifiers: [] },
    'read who participant P-1 is: nothing',
  ],
  'identifiers.erased': [
    { reference: 'P-1', because: 'retention' },
    'erased who participant P-1 is (retention)',
  ],
  'consent.recorded': [
    { reference: 'P-1', scope: 'sharing', act: 'withdrawn' },
    'recorded that participant P-1 has withdrawn consent to sharing',
  ],
  'participant.erased': [
    { reference: 'P-1', erased: ['record', 'identity'] },
    'erased participant P-1: the words about them and who they are',
  ],
  'participant.erased-again': [
    { reference: 'P-1', erased: ['identity'] },
    'erased participant P-1 again after a backup was put back: who they are',
  ],
  'participant-keys.rewrapped': [
    { keys: 3, authenticators: 1, letters: 2 },
    'moved 3 keys of participants, 1 authenticator and 2 letters that waited to a new key of the service',
  ],
  'subject-access.exported': [
    { reference: 'P-1' },
    'exported all that is held about participant P-1, for them to have',
  ],
  'measurement.recorded': [
    { ...ucla, status: 'declined' },
    'recorded ucla 6m of participant P-1, measured on 10 December 2015: the participant declined',
  ],
  'measurement.corrected': [
    { ...ucla, reasonHash: sha },
    'corrected ucla 6m of participant P-1, measured on 10 December 2015 (version 2)',
  ],
  'figures.submitted': [
    { figures: 4, corrected: 1, contentHash: sha },
    'submitted 4 figures, of which 1 corrected',
  ],
  'effect.signed': [
    result,
    'signed a result of effect for cohort year-1, 0.4 over 200, signed on 1 May 2016',
  ],
  'effect.superseded': [
    { ...result, cohort: '', value: null, n: null, status: 'void', reason: 'A slip' },
    'replaced the result of effect, signed on 1 May 2016 (version 2, void), because: A slip',
  ],
  'computation.requested': [
    { computationId: 'c', number: 3, periodId: '2015-Q4' },
    'asked for computation 3, of 2015-Q4',
  ],
  'computation.computed': [
    {
      computationId: 'c',
      number: 3,
      lines: 4,
      totalMinor: '396000',
      currency: 'GBP',
      digest: sha,
    },
    'carried out computation 3: 4 lines, £3,960.00',
  ],
  'computation.failed': [
    { computationId: 'c', number: 3, code: 'CAP_UNKNOWN' },
    'could not carry out computation 3 (CAP_UNKNOWN)',
  ],
  'computation.cancelled': [{ computationId: 'c', number: 3 }, 'cancelled computation 3'],
  'computation.recheck-requested': [
    { computationId: 'd', rechecks: 'c' },
    'asked for a computation to be done a second time',
  ],
  'computation.rechecked': [
    { computationId: 'd', rechecks: 'c', digest: sha, agrees: false },
    'did a computation a second time and came to OTHER lines',
  ],
  'claim.submitted': [
    {
      claimId: 'x',
      number: 1,
      computationId: 'c',
      lines: 3,
      totalMinor: '-66000',
      currency: 'GBP',
      linesHash: sha,
    },
    'submitted claim 1: 3 lines, -£660.00',
  ],
  'claim.decided': [
    {
      claimId: 'x',
      number: 1,
      approved: 2,
      returned: 1,
      approvedMinor: '264000',
      returnedMinor: '132000',
      currency: 'GBP',
      decisionsHash: sha,
    },
    'decided claim 1: 2 lines approved, £2,640.00, and 1 line returned, £1,320.00',
  ],
  'statement.issued': [
    { number: 1, periodId: '2015-Q4', documentHash: sha },
    'issued statement 1, for 2015-Q4',
  ],
  'personal-data.read': [
    { reference: 'P-1', shown: ['enrolments', 'measurements'] },
    'read the record of participant P-1: enrolments and measurements',
  ],
  'personal-data.listed': [
    { first: 'P-1', last: 'P-100', participants: 100, cohort: 'year-1' },
    'read a list of 100 participants of cohort year-1, from P-1 to P-100',
  ],
  'personal-data.exported': [
    { reference: null, format: 'FHIR' },
    'exported scores and answers of every participant as FHIR',
  ],
  'lines.read': [
    { first: 'trial.3.1', last: 'trial.3.4', lines: 4, claim: 1, reference: null },
    'read 4 payment lines of claim 1, from trial.3.1 to trial.3.4',
  ],
  'lines.exported': [
    { period: null, format: 'CSV' },
    'exported the payment lines of every period as CSV',
  ],
  'bundle.taken': [
    { subject: 'participant', which: 'P-1' },
    'took a proof of participant P-1 away',
  ],
  'activity.exported': [
    { format: 'CSV', throughSeq: '40', narrowedTo: ['type claim.decided'] },
    'exported the activity up to entry 40 as CSV, narrowed to type claim.decided',
  ],
  'log.key-declared': [
    { origin: 'outturn.example/log', vkey: 'outturn.example/log+aa+bb' },
    'declared the key that the audit log outturn.example/log signs with from here on: outturn.example/log+aa+bb',
  ],
};

const told = (type: string, payload: unknown, personId: string | null = CORA): string =>
  sentenceOf(
    { type, personId, body: canonical({ payload: payload as never, type }) },
    (id) => NAMES[id] ?? null,
  );

describe('the sentence of an entry', () => {
  it.each(Object.entries(TOLD))('says what %s is', (type, [payload, predicate]) =>
    expect(told(type, payload)).toBe(`Cora Council ${predicate}.`),
  );

  it('is there for every type, and for no other', () => {
    expect(AUDIT_TYPES).toEqual(Object.keys(TOLD).sort());
    expect(isAuditType('constructor')).toBe(false);
  });

  it.each([
    ['personal-data.read', { reference: 'P-2', shown: ['responses'] }, 'responses'],
    ['personal-data.exported', { reference: 'P-2', format: 'FHIR' }, 'participant P-2'],
    [
      'lines.read',
      { first: 't.3.1', last: 't.3.1', lines: 1, claim: null, reference: 'P-2' },
      'read why line t.3.1, about participant P-2, is what it is',
    ],
    [
      'lines.read',
      { first: 't.3.1', last: 't.3.1', lines: 1, claim: null, reference: null },
      'read 1 payment line, t.3.1.',
    ],
    ['bundle.taken', { subject: 'contract', which: null }, 'a proof of the whole contract away'],
    ['computation.rechecked', { agrees: true }, 'came to the same lines'],
    ['person.created', { personId: PAT, isAdministrator: true }, 'as an administrator'],
    ['second-factor.added', { personId: CORA, kind: 'odd' }, 'a second factor (odd)'],
    ['measurement.recorded', { ...ucla, status: 'odd' }, '2015: odd.'],
    [
      'sign-in.completed',
      { first: 'passkey', second: 'none', failedAttempts: 0 },
      'signed in by passkey.',
    ],
    ['claim.submitted', { lines: 1, totalMinor: 'x', currency: 'XYZ' }, '1 line, x XYZ.'],
  ])('%s of %j says "%s"', (type, payload, words) => expect(told(type, payload)).toContain(words));

  it('names the service where nobody acted, and by identifier whoever may not be named', () => {
    expect(told('computation.cancelled', { number: 2 }, null)).toBe(
      'The service cancelled computation 2.',
    );
    expect(told('computation.cancelled', { number: 2 }, UNKNOWN)).toBe(
      `Person ${UNKNOWN} cancelled computation 2.`,
    );
  });

  it('guesses at nothing that is not as it was written', () => {
    expect(told('claim.vanished', {})).toBe(
      'Cora Council did something that cannot be read (claim.vanished).',
    );
    for (const payload of [null, 7]) expect(told('terms.activated', payload)).toContain('Cora');
    expect(sentenceOf({ type: 'claim.decided', personId: null, body: '{' }, () => null)).toBe(
      'The service did something that cannot be read (claim.decided).',
    );
  });

  it('is a sentence, whatever an entry says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...AUDIT_TYPES), fc.anything(), (type, payload) => {
        const body = JSON.stringify({ payload });
        const sentence = sentenceOf({ type, personId: null, body }, () => null);
        expect(sentence).toMatch(/^The service [^]+\.$/);
      }),
    );
  });
});
