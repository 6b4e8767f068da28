import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { mintApiKey } from '../../src/access/api-key.js';
import type { Role } from '../../src/access/permissions.js';
import { parseTerms } from '../../src/domain/contract-terms/parse.js';
import { termsHash } from '../../src/domain/contract-terms/terms-hash.js';
import type { TermsDocument } from '../../src/domain/contract-terms/terms.schema.js';
import { withoutEntry } from './owner.js';
import type { Actor } from '../../src/platform/auth/actor.js';

/** A contract with a score clause and an event clause, two payers at 60:40, caps and a plan. */
export function reviewedTerms(code: string): TermsDocument {
  return parseTerms({
    format: 'outturn-terms/1',
    code,
    title: 'Less alone, more at home',
    standing: 'illustrative',
    currency: 'GBP',
    effective: { from: '2015-04-01', to: '2016-04-01' },
    unitKind: 'person',
    parties: [
      { id: 'charity', name: 'The Charity', role: 'provider' },
      { id: 'council', name: 'The Council', role: 'commissioner' },
      { id: 'fund', name: 'The National Fund', role: 'top-up-fund' },
      { id: 'backer', name: '=The Backer', role: 'investor' },
    ],
    population: { description: 'People aged 65 and over', maximum: 100 },
    cohorts: [{ id: 'all', label: 'All', opensOn: '2015-04-01', closesOn: '2016-03-31' }],
    metrics: [
      {
        id: 'ucla',
        kind: 'score',
        label: 'UCLA',
        paid: true,
        instrument: 'ucla-3',
        baseline: 'baseline',
        timePoints: [
          { id: 'baseline', label: 'Baseline', months: 0, opensDays: -28, closesDays: 14 },
          { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
        ],
        choose: 'first',
        outsideWindow: 'refuse',
      },
      {
        id: 'settled',
        kind: 'event',
        label: 'Settled at home',
        paid: true,
        definition: 'Lives at home for thirteen weeks',
        evidence: ['visit record'],
      },
    ],
    comparison: {
      method: 'own-baseline',
      deadweightPercent: '0%',
      note: '+ each person is their own control',
    },
    clauses: [
      {
        id: '4.1',
        title: 'Reduction of loneliness',
        rule: {
          type: 'R4',
          metric: 'ucla',
          rate: '660.00',
          count: 'floored',
          timePoints: ['6m'],
          waves: 'independent',
        },
        verifiedBy: 'council',
      },
      {
        id: '5.1',
        title: '=Settled, at "home"',
        rule: { type: 'R1', events: ['settled'], price: '1000.00', unit: 'outcome' },
        verifiedBy: 'council',
      },
    ],
    caps: [
      { id: 'whole', scope: 'contract', amount: '20000.00' },
      { id: 'loneliness', scope: 'clause', clause: '4.1', amount: '5000.00' },
      { id: 'fund-limit', scope: 'payer', payer: 'fund', amount: '6000.00' },
      { id: 'a-quarter', scope: 'period', amount: '9000.00' },
    ],
    split: {
      type: 'S1',
      shares: [
        { payer: 'council', share: '60%' },
        { payer: 'fund', share: '40%' },
      ],
    },
    periods: { type: 'quarters', from: '2015-04-01' },
    plan: [
      { period: '2015-Q2', outcomes: 4, amount: '3000.00' },
      { period: '2015-Q3', outcomes: 6, amount: '4500.00' },
    ],
    review: { days: 20, samplePercent: 5 },
    rounding: {},
  });
}

/** A contract in force, and the people in it. */
export interface ReviewedContract {
  readonly id: string;
  readonly code: string;
  readonly terms: TermsDocument;
  readonly people: Readonly<Record<'pat' | 'connie' | 'clive' | 'tess' | 'ivy' | 'olga', Actor>>;
}

const PEOPLE = {
  pat: ['Pat Provider', 'charity', 'provider'],
  connie: ['Connie Commissioner', 'council', 'commissioner'],
  clive: ['Clive Commissioner', 'council', 'commissioner'],
  tess: ['Tess of the Fund', 'fund', 'top-up-fund'],
  ivy: ['Ivy Investor', 'backer', 'investor'],
  olga: ['Olga Observer', 'council', 'observer'],
} as const satisfies Record<string, readonly [string, string, Role]>;

/** Records a contract in force with its people, without going through drafting and consent. */
export async function aReviewedContract(client: Client): Promise<ReviewedContract> {
  const code = `less-alone-${randomUUID().slice(0, 8)}`;
  const [id, terms] = [randomUUID(), reviewedTerms(code)];
  const people = {} as Record<keyof typeof PEOPLE, Actor>;
  for (const [key, [name]] of Object.entries(PEOPLE))
    people[key as keyof typeof PEOPLE] = await aPerson(client, name);
  await client.query(
    `insert into contract (id, code, title, state, created_by) values ($1, $2, $3, 'active', $4)`,
    [id, code, terms.title, people.pat.personId],
  );
  await withoutEntry(client, () =>
    client.query(
      `insert into terms_version (contract_id, number, state, document, document_hash, source, effective_from, reason,
       written_by, activated_at, recorded_seq) values ($1, 1, 'active', $2, $3, '', $4, 'agreed', $5, now(), 1)`,
      [id, terms, termsHash(terms), terms.effective.from, people.pat.personId],
    ),
  );
  for (const [key, [, party, role]] of Object.entries(PEOPLE))
    await client.query(
      'insert into membership (contract_id, person_id, party, role, granted_by) values ($1, $2, $3, $4, $2)',
      [id, people[key as keyof typeof PEOPLE].personId, party, role],
    );
  return { id, code, terms, people };
}

async function aPerson(client: Client, name: string): Promise<Actor> {
  const personId = randomUUID();
  await client.query('insert into person (id, email, name) values ($1, $2, $3)', [
    personId,
    `${personId}@example.org`,
    name,
  ]);
  return { personId, name, isAdministrator: false, via: 'api' };
}

/** Gives a person an API key, as an administrator would, and says it. */
export async function withKey(client: Client, actor: Actor): Promise<string> {
  const key = mintApiKey();
  await client.query(
    `insert into api_key (id, person_id, prefix, secret_hash, label) values ($1, $2, $3, $4, 'test')`,
    [randomUUID(), actor.personId, key.prefix, key.secretHash],
  );
  return key.text;
}

/** Marks a person as one who entered scores in the contract. */
export const enteredScores = (client: Client, contract: ReviewedContract, actor: Actor) =>
  client.query('insert into score_author (contract_id, person_id) values ($1, $2)', [
    contract.id,
    actor.personId,
  ]);
