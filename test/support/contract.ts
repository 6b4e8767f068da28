import { TestPerson } from './person.js';
import type { TestApp } from './service.js';
import { trialTerms } from './trial-terms.js';

type Terms = Readonly<Record<string, unknown>> & {
  readonly code: string;
  readonly parties: readonly { readonly id: string; readonly role: string }[];
};

/** A participant of the trial, for the participants file. */
export interface Enrolment {
  readonly reference: string;
  readonly startedOn: string;
  readonly age?: number;
}

/** A score of the trial, for the measurements file. */
export interface Score {
  readonly reference: string;
  readonly timePoint: string;
  readonly measuredOn: string;
  readonly score: number;
}

/** A contract as it stands in the service, with its people. */
export interface TestContract {
  readonly code: string;
  /** `/v1/contracts/{code}`. */
  readonly path: string;
  /** Submits claims for the provider. */
  readonly provider: TestPerson;
  /** Enters scores for the provider. */
  readonly officer: TestPerson;
  /** Decides claims for the commissioner. */
  readonly commissioner: TestPerson;
  readonly topUpFund: TestPerson;
  readonly verifier: TestPerson;
  readonly investor: TestPerson;
}

const CAST = {
  provider: { name: 'Pat Provider', role: 'provider' },
  officer: { name: 'Olu Officer', role: 'provider' },
  commissioner: { name: 'Cass Commissioner', role: 'commissioner' },
  topUpFund: { name: 'Tay Fund', role: 'top-up-fund' },
  verifier: { name: 'Vic Verifier', role: 'verifier' },
  investor: { name: 'Ike Investor', role: 'investor' },
} as const;
type Cast = keyof typeof CAST;

/** A contract in force with the terms of the trial, unless it is told otherwise. Everything is done over HTTP. */
export const aContract = (): ContractBuilder => new ContractBuilder(trialTerms(), [], [], true);

export class ContractBuilder {
  constructor(
    private readonly terms: Terms,
    private readonly enrolments: readonly Enrolment[],
    private readonly scores: readonly Score[],
    private readonly isActive: boolean,
  ) {}

  /** With some terms otherwise: `aContract().withTerms({ code: 'other' })`. */
  withTerms(changes: Readonly<Record<string, unknown>>): ContractBuilder {
    const terms = { ...this.terms, ...changes } as Terms;
    return new ContractBuilder(terms, this.enrolments, this.scores, this.isActive);
  }

  /** Left as a draft that nobody has consented to. */
  asDraft(): ContractBuilder {
    return new ContractBuilder(this.terms, this.enrolments, this.scores, false);
  }

  withParticipants(...enrolments: readonly Enrolment[]): ContractBuilder {
    const all = [...this.enrolments, ...enrolments];
    return new ContractBuilder(this.terms, all, this.scores, this.isActive);
  }

  withScores(...scores: readonly Score[]): ContractBuilder {
    const all = [...this.scores, ...scores];
    return new ContractBuilder(this.terms, this.enrolments, all, this.isActive);
  }

  /** Makes it so in the service. */
  async in(service: TestApp): Promise<TestContract> {
    const { administrator } = service;
    const { code } = this.terms;
    const path = `/v1/contracts/${code}`;
    const drafted = await administrator.post('/v1/contracts', { terms: this.terms }).expect(201);
    const people = await this.letPeopleIn(service);
    const contract: TestContract = { code, path, ...people };
    if (!this.isActive) return contract;
    const consent = { documentHash: drafted.body.documentHash as string };
    for (const side of [people.provider, people.commissioner])
      await side.post(`${path}/consents`, consent).expect(201);
    if (this.enrolments.length > 0)
      await people.officer
        .upload(`${path}/imports/participants`, participantsCsv(this.enrolments))
        .expect(201);
    if (this.scores.length > 0)
      await people.officer
        .upload(`${path}/imports/measurements`, measurementsCsv(this.scores))
        .expect(201);
    return contract;
  }

  private async letPeopleIn(service: TestApp): Promise<Record<Cast, TestPerson>> {
    const people: Partial<Record<Cast, TestPerson>> = {};
    for (const [cast, { name, role }] of Object.entries(CAST)) {
      const party = this.terms.parties.find((each) => each.role === role)?.id;
      const email = `${cast.toLowerCase()}@${this.terms.code}.example`;
      const person = await aPerson(service, { name, email });
      if (party !== undefined)
        await service.administrator
          .post(`/v1/contracts/${this.terms.code}/members`, { email, party, role })
          .expect(201);
      people[cast as Cast] = person;
    }
    return people as Record<Cast, TestPerson>;
  }
}

/** Somebody whom the administrator adds, with a key of their own and no part in any contract. */
export async function aPerson(
  { administrator, app }: TestApp,
  identity: { readonly name: string; readonly email: string },
): Promise<TestPerson> {
  const added = await administrator.post('/v1/people', identity).expect(201);
  return new TestPerson(app, { ...identity, key: added.body.apiKey as string });
}

/** The participants file of the trial. */
export const participantsCsv = (enrolments: readonly Enrolment[]): string =>
  csv(
    'reference,cohort,started_on,age',
    enrolments.map(({ reference, startedOn, age = 71 }) => [reference, 'all', startedOn, age]),
  );

/** The measurements file of the trial. */
export const measurementsCsv = (scores: readonly Score[]): string =>
  csv(
    'reference,metric,time_point,measured_on,score',
    scores.map(({ reference, timePoint, measuredOn, score }) => [
      reference,
      'ucla',
      timePoint,
      measuredOn,
      score,
    ]),
  );

const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  [header, ...rows.map((row) => row.join(','))].join('\n') + '\n';
