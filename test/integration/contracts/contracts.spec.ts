import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { PeopleService } from '../../../src/access/people.service.js';
import type { Role } from '../../../src/access/permissions.js';
import { ActivationService } from '../../../src/contracts/activation.service.js';
import { ContractMembersService } from '../../../src/contracts/contract-members.service.js';
import { contractTag } from '../../../src/contracts/contract-tag.js';
import { ContractsService } from '../../../src/contracts/contracts.service.js';
import { DraftingService } from '../../../src/contracts/drafting.service.js';
import { CohortsService } from '../../../src/cohorts/cohorts.service.js';
import { FeaturesModule } from '../../../src/features.module.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import type { Command } from '../../../src/platform/database/command-runner.js';
import { SERVICE, type Acting } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { lonelinessTerms } from '../../support/loneliness-terms.js';
import { rowsOfOwner } from '../../support/owner.js';

let app: INestApplicationContext;
let administrator: Actor;
const command = (actor: Actor): Command => ({
  actor,
  idempotencyKey: randomUUID(),
  requestHash: '00',
});
const contracts = () => app.get(ContractsService);
const drafting = () => app.get(DraftingService);
const activation = () => app.get(ActivationService);
const inTransaction = <T>(acting: Acting, work: Parameters<TransactionRunner['run']>[1]) =>
  app.get(TransactionRunner).run(acting, work) as Promise<T>;

async function person(name: string, isAdministrator = false): Promise<Actor> {
  const people = app.get(PeopleService);
  const email = `${name.toLowerCase()}-${randomUUID()}@example.org`;
  const added = await inTransaction<{ id: string }>(
    isAdministrator ? SERVICE.operator : administrator,
    (tx) =>
      isAdministrator
        ? people.addFirstAdministrator(tx, { email, name })
        : people.addPerson(tx, administrator, { email, name, isAdministrator: false }),
  );
  emails.set(added.id, email);
  return { personId: added.id, name, isAdministrator, via: 'api' };
}
const emails = new Map<string, string>();

const join = (code: string, who: Actor, party: string, role: Role) =>
  inTransaction(administrator, (tx) =>
    app.get(ContractMembersService).addMember(tx, administrator, code, {
      email: emails.get(who.personId)!,
      party,
      role,
    }),
  );

/** A drafted contract with a provider and a commissioner. */
async function aContract(change: Record<string, unknown> = {}) {
  const code = `c-${randomUUID().slice(0, 8)}`;
  const drafted = await drafting().create(
    command(administrator),
    lonelinessTerms({ code, ...change }),
  );
  const [provider, commissioner] = [await person('Pat'), await person('Connie')];
  await join(code, provider, 'provider', 'provider');
  await join(code, commissioner, 'county-council', 'commissioner');
  return { code, hash: drafted.result.documentHash, provider, commissioner };
}

async function anActiveContract(change: Record<string, unknown> = {}) {
  const contract = await aContract(change);
  await activation().consent(command(contract.provider), contract.code, contract.hash);
  await activation().consent(command(contract.commissioner), contract.code, contract.hash);
  return contract;
}

beforeAll(async () => {
  app = await NestFactory.createApplicationContext(FeaturesModule, { logger: false });
  administrator = await person('Ada', true);
});
afterAll(() => app.close());

describe('bringing terms into force', () => {
  it('takes a provider and a commissioner, and records when and under which audit entry', async () => {
    const { code, hash, provider, commissioner } = await aContract();
    const first = await activation().consent(command(provider), code, hash);
    expect(first.result.state).toBe('draft');
    const second = await activation().consent(command(commissioner), code, hash);
    expect(second.result).toMatchObject({ state: 'active', number: 1, documentHash: hash });
    const view = await contracts().get(provider, code);
    expect(view).toMatchObject({
      state: 'active',
      inForce: 1,
      draft: null,
      standing: 'illustrative',
    });
    expect(view.editions).toMatchObject([
      { number: 1, state: 'active', effectiveFrom: '2015-04-01' },
    ]);
    const entries = await rowsOfOwner<{ seq: string; type: string }>(
      `select e.seq, e.type from audit_entry e join contract c on c.id::text = e.stream
        where c.code = $1 order by e.seq`,
      [code],
    );
    expect(entries.map((entry) => entry.type)).toEqual([
      'contract.drafted',
      'member.added',
      'member.added',
      'terms.consented',
      'terms.consented',
      'terms.activated',
    ]);
    const opened = await inTransaction<Awaited<ReturnType<ContractsService['open']>>>(
      provider,
      (tx) => contracts().open(tx, provider, code, 'contract:read'),
    );
    const terms = await inTransaction<Awaited<ReturnType<ContractsService['activeTerms']>>>(
      provider,
      (tx) => contracts().activeTerms(tx, opened.id),
    );
    expect(
      terms.map(({ number, effectiveFrom, recordedSeq }) => [number, effectiveFrom, recordedSeq]),
    ).toEqual([[1, '2015-04-01', 6n]]);
    await expect(
      inTransaction(provider, (tx) => contracts().activeTerms(tx, opened.id, 5n)),
    ).rejects.toMatchObject({
      code: 'CONTRACT_NOT_ACTIVE',
    });
  });

  it('gives the stored answer to a repeated request', async () => {
    const { code, hash, provider } = await aContract();
    const once = command(provider);
    const first = await activation().consent(once, code, hash);
    const again = await activation().consent(once, code, hash);
    expect([first.replayed, again.replayed]).toEqual([false, true]);
    expect(again.result).toEqual(first.result);
  });

  it('refuses a second consent of one side, and one person for both sides', async () => {
    const { code, hash, provider } = await aContract();
    await activation().consent(command(provider), code, hash);
    await expect(activation().consent(command(provider), code, hash)).rejects.toMatchObject({
      code: 'CONSENT_GIVEN_ALREADY',
    });
    await rowsOfOwner('update membership set ended_at = now() where person_id = $1', [
      provider.personId,
    ]);
    await join(code, provider, 'county-council', 'commissioner');
    await expect(activation().consent(command(provider), code, hash)).rejects.toMatchObject({
      code: 'CONSENT_NEEDS_TWO_PEOPLE',
      kind: 'forbidden',
    });
  });

  it('refuses consent to a draft that has been replaced since', async () => {
    const { code, hash, provider, commissioner } = await aContract();
    await activation().consent(command(provider), code, hash);
    const { revision } = await contracts().get(commissioner, code);
    const terms = lonelinessTerms({ code, title: 'Another title' });
    await drafting().replace(commissioner, code, contractTag(code, revision), { terms });
    await expect(activation().consent(command(commissioner), code, hash)).rejects.toMatchObject({
      code: 'CONSENT_STALE',
      kind: 'stale',
    });
    const view = await contracts().get(commissioner, code);
    expect(view.title).toBe('Another title');
    expect(view.draft?.consents).toEqual([]);
  });

  it('refuses incomplete and contradictory terms at the first consent, with every fault by its path', async () => {
    const { code, hash, provider } = await aContract({
      comparison: undefined,
      split: { type: 'S1', shares: [{ payer: 'county-council', share: '99.99%' }] },
      effective: { from: '2015-04-01', to: '2014-04-01' },
    });
    await expect(activation().consent(command(provider), code, hash)).rejects.toMatchObject({
      code: 'ACTIVATION_REFUSED',
      faults: expect.arrayContaining([expect.objectContaining({ at: '/comparison' })]),
    });
    const { draft } = await contracts().get(provider, code);
    expect(draft?.consents).toEqual([]);
    expect(draft?.problems.length).toBeGreaterThan(0);
  });

  it('refuses a member for a party that the terms do not name in that role', async () => {
    const { code, provider } = await aContract();
    await expect(join(code, provider, 'county-council', 'investor')).rejects.toMatchObject({
      code: 'PARTY_NOT_IN_TERMS',
    });
    await expect(join(code, provider, 'nobody', 'provider')).rejects.toMatchObject({
      code: 'PARTY_NOT_IN_TERMS',
    });
  });

  it('activates once when both sides consent at the same moment', async () => {
    const { code, hash, provider, commissioner } = await aContract();
    const both = await Promise.all([
      activation().consent(command(provider), code, hash),
      activation().consent(command(commissioner), code, hash),
    ]);
    expect(both.map(({ result }) => result.state).sort()).toEqual(['active', 'draft']);
  });
});

describe('drafting', () => {
  it('refuses a replacement that was decided on an older version', async () => {
    const { code, commissioner } = await aContract();
    const terms = lonelinessTerms({ code });
    await expect(
      drafting().replace(commissioner, code, contractTag(code, 7), { terms }),
    ).rejects.toMatchObject({ code: 'VERSION_STALE' });
  });

  it('refuses a code that is taken, and one that changes', async () => {
    const { code, commissioner } = await aContract();
    await expect(
      drafting().create(command(administrator), lonelinessTerms({ code })),
    ).rejects.toMatchObject({
      code: 'CONTRACT_CODE_TAKEN',
    });
    await expect(
      drafting().replace(commissioner, code, contractTag(code, 1), { terms: lonelinessTerms() }),
    ).rejects.toMatchObject({ code: 'CODE_OF_ANOTHER_CONTRACT' });
  });

  it('hides a contract from whoever has no part in it', async () => {
    const { code } = await aContract();
    const stranger = await person('Sam');
    await expect(contracts().get(stranger, code)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(drafting().create(command(stranger), lonelinessTerms())).rejects.toMatchObject({
      code: 'PERMISSION_REFUSED',
    });
    expect((await contracts().list(stranger, null, 10)).length).toBe(0);
  });

  it.each([
    ['a NUL', 'title: "a\\0b"'],
    ['half a character', 'title: "a\\ud800b"'],
    ['a NUL as it stands', 'title: a\u0000b'],
  ])('refuses a document with %s', async (_what, line) => {
    const source = `format: outturn-terms/1\ncode: odd\n${line}\n`;
    await expect(async () =>
      drafting().create(command(administrator), source),
    ).rejects.toMatchObject({
      code: 'TERMS_REFUSED',
    });
  });
});

describe('amending', () => {
  const clauses = () =>
    lonelinessTerms()['clauses'] as { rule: Record<string, unknown>; examples: unknown }[];
  const dearer = (code: string) =>
    lonelinessTerms({
      code,
      clauses: clauses().map((clause) => ({
        ...clause,
        rule: { ...clause.rule, rate: '700.00' },
        examples: [],
      })),
    });

  it('drafts a second edition, tells the difference in words, and comes into force by the same two consents', async () => {
    const { code, provider, commissioner } = await anActiveContract();
    const amendment = {
      terms: dearer(code),
      effectiveFrom: '2016-04-01',
      reason: 'Costs have risen',
    };
    const drafted = await drafting().amend(command(commissioner), code, amendment);
    const { draft, inForce } = await contracts().get(provider, code);
    expect(inForce).toBe(1);
    expect(draft?.changes.join(' ')).toContain('from £660.00 to £700.00');
    await activation().consent(command(provider), code, drafted.result.documentHash);
    await activation().consent(command(commissioner), code, drafted.result.documentHash);
    const edition = await contracts().edition(provider, code, null);
    expect(edition).toMatchObject({
      number: 2,
      effectiveFrom: '2016-04-01',
      reason: 'Costs have risen',
    });
    expect((await contracts().edition(provider, code, 1)).terms).toMatchObject({
      clauses: [{ rule: { rate: '660.00' } }],
    });
  });

  it.each([
    ['before the edition in force', { effectiveFrom: '2015-03-31' }, {}, 'AMENDMENT_TOO_EARLY'],
    ['after the contract', { effectiveFrom: '2020-01-01' }, {}, 'AMENDMENT_TOO_LATE'],
    ['that changes nothing', {}, { clauses: clauses() }, 'NOTHING_CHANGES'],
    ['in another currency', {}, { currency: 'EUR' }, 'TERM_CANNOT_CHANGE'],
    [
      'without a cohort that may hold people',
      {},
      { cohorts: [{ id: 'x', label: 'X', opensOn: '2015-04-01', closesOn: '2016-03-31' }] },
      'COHORT_REMOVED',
    ],
    [
      'that moves a past period',
      {},
      { periods: { type: 'quarters', from: '2015-05-01' } },
      'PAST_PERIOD_CHANGED',
    ],
  ])('refuses one %s', async (_what, about, terms, fault) => {
    const { code, commissioner } = await anActiveContract();
    const amendment = {
      terms: { ...dearer(code), ...terms },
      effectiveFrom: '2016-04-01',
      reason: 'A trial',
      ...about,
    };
    await expect(drafting().amend(command(commissioner), code, amendment)).rejects.toMatchObject({
      code: 'AMENDMENT_REFUSED',
      faults: expect.arrayContaining([expect.objectContaining({ code: fault })]),
    });
  });

  it('refuses a second open draft, an amendment before activation, and a provider who would amend', async () => {
    const { code, provider, commissioner } = await anActiveContract();
    const amendment = { terms: dearer(code), effectiveFrom: '2016-04-01', reason: 'A trial' };
    await expect(drafting().amend(command(provider), code, amendment)).rejects.toMatchObject({
      code: 'PERMISSION_REFUSED',
    });
    await drafting().amend(command(commissioner), code, amendment);
    await expect(drafting().amend(command(commissioner), code, amendment)).rejects.toMatchObject({
      code: 'DRAFT_OPEN',
    });
    const young = await aContract();
    await expect(
      drafting().amend(command(young.commissioner), young.code, {
        ...amendment,
        terms: dearer(young.code),
      }),
    ).rejects.toMatchObject({ code: 'NOTHING_TO_AMEND' });
  });
});

describe('enrolling', () => {
  const cohorts = () => app.get(CohortsService);
  const somebody = (reference: string, change: Record<string, unknown> = {}) => ({
    reference,
    cohort: 'year-1',
    startedOn: '2015-06-02',
    attributes: { area: 'Redditch', age: 72, screening_score: 8 },
    ...change,
  });

  const versionsOf = (actor: Actor, code: string, reference: string) =>
    app.get(TransactionRunner).readOnly(actor, async (tx) => {
      const contract = await contracts().open(tx, actor, code, 'participant:read');
      const { id } = await cohorts().participant(tx, contract.id, reference);
      return cohorts().versionsOf(tx, { contractId: contract.id, id, reference });
    });

  it('records the enrolment with the number of its audit entry, and corrections as new versions', async () => {
    const { code, provider } = await anActiveContract();
    const enrolled = await cohorts().enrol(command(provider), code, somebody('P-1'));
    expect(enrolled.result).toEqual({ reference: 'P-1', version: 1 });
    const correction = {
      exitedOn: '2015-09-01',
      exitReason: 'moved away',
      reason: 'Learnt in October',
    };
    await cohorts().correct(command(provider), code, 'P-1', correction);
    const history = await versionsOf(provider, code, 'P-1');
    expect(
      history.map(({ version, exitedOn, correctionReason }) => [
        version,
        exitedOn,
        correctionReason,
      ]),
    ).toEqual([
      [1, null, null],
      [2, '2015-09-01', 'Learnt in October'],
    ]);
    const seqs = await rowsOfOwner<{ fact: string; entry: string }>(
      `select e.recorded_seq as fact, a.seq as entry from enrolment e
           join participant p on p.id = e.participant_id join contract c on c.id = p.contract_id
           join audit_entry a on a.stream = c.id::text and a.seq = e.recorded_seq
             and a.type in ('participant.enrolled', 'enrolment.corrected')
          where c.code = $1 order by e.version`,
      [code],
    );
    expect(seqs.length).toBe(2);
    await expect(
      cohorts().correct(command(provider), code, 'P-1', correction),
    ).rejects.toMatchObject({
      code: 'CORRECTION_CHANGES_NOTHING',
    });
    await expect(cohorts().enrol(command(provider), code, somebody('P-1'))).rejects.toMatchObject({
      code: 'PARTICIPANT_ENROLLED_ALREADY',
    });
    await expect(cohorts().enrol(command(provider), code, somebody('p-1'))).rejects.toMatchObject({
      faults: [{ code: 'REFERENCE_DIFFERS_BY_CASE' }],
    });
  });

  it('admits an ineligible participant only by a payer, with the reason and the person', async () => {
    const { code, provider, commissioner } = await anActiveContract();
    const young = somebody('P-2', {
      attributes: { area: 'Redditch', age: 49, screening_score: 8 },
    });
    await expect(cohorts().enrol(command(provider), code, young)).rejects.toMatchObject({
      faults: [{ code: 'INELIGIBLE' }],
    });
    const admitted = { ...young, exceptionReason: 'Widowed at 49' };
    await expect(cohorts().admit(command(provider), code, admitted)).rejects.toMatchObject({
      code: 'PERMISSION_REFUSED',
    });
    await cohorts().admit(command(commissioner), code, admitted);
    const [participant] = await versionsOf(provider, code, 'P-2');
    expect(participant).toMatchObject({
      exceptionReason: 'Widowed at 49',
      exceptionBy: commissioner.personId,
    });
  });

  it('never enrols more than the population, even at the same moment', async () => {
    const population = { ...(lonelinessTerms()['population'] as object), maximum: 2 };
    const { code, provider } = await anActiveContract({ population });
    const tries = await Promise.allSettled(
      ['A', 'B', 'C', 'D'].map((reference) =>
        cohorts().enrol(command(provider), code, somebody(reference)),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(2);
    const page = await cohorts().list(provider, code, { after: null, limit: 10, cohort: null });
    expect(page.length).toBe(2);
  });

  it('refuses enrolment before terms are in force', async () => {
    const { code, provider } = await aContract();
    await expect(cohorts().enrol(command(provider), code, somebody('P-1'))).rejects.toMatchObject({
      code: 'CONTRACT_NOT_ACTIVE',
    });
  });
});
