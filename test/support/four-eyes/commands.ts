import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Client } from 'pg';
import { AccessRepository } from '../../../src/access/access.repository.js';
import { AccessService } from '../../../src/access/access.service.js';
import { HumansRepository } from '../../../src/access/humans/humans.repository.js';
import { MembersRepository } from '../../../src/access/members.repository.js';
import { ClaimsRepository } from '../../../src/claims/claims.repository.js';
import { ContractsRepository } from '../../../src/contracts/contracts.repository.js';
import { requireIndependent } from '../../../src/domain/claims/four-eyes.js';
import { ScoreAuthorsRepository } from '../../../src/measurements/score-authors.repository.js';
import type { Permission } from '../../../src/platform/auth/permission.js';
import type { Transaction } from '../../../src/platform/database/transaction.js';
import type { FourEyesModel, Part } from './model.js';
import { DRAFT, LINES, PARTS, type World } from './worlds.js';

/** One sequence's contract, and two connections to the database that it is in. */
export interface Real extends World {
  readonly one: Transaction;
  readonly two: Transaction;
}

/** Work over a connection: every statement is committed at once, unless the work itself says begin. */
export const over = (client: Client): Transaction =>
  ({
    query: async (sql: string, parameters?: readonly unknown[]) =>
      (await client.query(sql, parameters && [...parameters])).rows,
    prepared: async (name: string, text: string, parameters: readonly unknown[]) =>
      (await client.query({ name, text, values: [...parameters] })).rows,
  }) as unknown as Transaction;

/** The instant of a decision is exact to a millisecond: what follows within it counts as done by then. */
const A_TICK_MS = 2;

const access = new AccessService(new AccessRepository());
const humans = new HumansRepository();
const members = new MembersRepository();
const claims = new ClaimsRepository();
const contracts = new ContractsRepository();
const authors = new ScoreAuthorsRepository();

type Step = fc.AsyncCommand<FourEyesModel, Real>;

/** The code of a refusal (of the database: its constraint), or null when the work was done. */
async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    const refusal = constraint ?? code;
    if (refusal === undefined) throw error;
    return refusal;
  }
}

function agree(what: string, found: unknown, expected: unknown): void {
  if (found === expected) return;
  throw new Error(`${what}: found ${String(found)}, expected ${String(expected)}`);
}

async function mayHere(real: Real, model: FourEyesModel, who: number, part: Part, act: Permission) {
  const personId = real.people[who]!;
  const actor = { personId, name: '', isAdministrator: false, via: 'api' } as const;
  const refusal = await refusalOf(access.authorise(real.one, actor, act, real.contractId));
  const held = model.parts[who]!;
  const expected = held.has(part) ? null : held.size === 0 ? 'NOT_FOUND' : 'PERMISSION_REFUSED';
  agree(`account ${who} would do ${act}`, refusal, expected);
  return refusal === null;
}

/** Records that two accounts are one human's, as HumansService does. */
async function join(tx: Transaction, real: Real, a: number, b: number): Promise<void> {
  const [personId, sameAs] = [real.people[a]!, real.people[b]!];
  const found = new Map<string, string | null>();
  for (const id of [personId, sameAs].sort()) found.set(id, await humans.humanOf(tx, id));
  await humans.join(tx, found.get(personId)!, found.get(sameAs)!);
  const recognition = { personId, sameAs, because: 'administrator', recognisedBy: null } as const;
  await humans.insert(tx, { id: randomUUID(), ...recognition, reason: 'found out' });
}

/** One statement that decides the one line of a claim; the database's rule is all that stands in its way. */
const decision = (tx: Transaction, real: Real, who: number, claim: number): Promise<unknown> =>
  claims.insertDecisions(
    tx,
    {
      claimId: claimIdOf(real, claim),
      computationId: real.computationId,
      act: 1,
      decidedBy: real.people[who]!,
      decidedAt: new Date(),
    },
    [
      {
        lineNo: claim + 1,
        reference: '',
        decision: claim % 2 ? 'returned' : 'approved',
        reason: 'x',
      },
    ],
  );

const SALT = new Uint8Array(32);

/** A claim's id is its contract's with the number in its last digits. */
export const claimIdOf = (real: World, claim: number): string =>
  real.contractId.slice(0, -2) + String(claim + 10);

const recognise = (a: number, b: number): Step => ({
  check: (model) => !model.isOneHuman(a, b),
  run: async (model, real) => {
    await join(real.one, real, a, b);
    model.recognise(a, b);
  },
  toString: () => `recognise(${a}, ${b})`,
});

const grant = (who: number, part: Part): Step => ({
  check: () => true,
  run: async (model, real) => {
    const granted = await members.grant(real.one, {
      contractId: real.contractId,
      personId: real.people[who]!,
      party: part,
      role: part,
      grantedBy: real.people[0]!,
    });
    agree('a role is granted once', granted, !model.parts[who]!.has(part));
    model.parts[who]!.add(part);
  },
  toString: () => `grant(${who}, ${part})`,
});

const end = (who: number, part: Part): Step => ({
  check: (model) => model.parts[who]!.has(part),
  run: async (model, real) => {
    await members.end(real.one, real.contractId, real.people[who]!, part);
    model.parts[who]!.delete(part);
  },
  toString: () => `end(${who}, ${part})`,
});

const enter = (who: number): Step => ({
  check: () => true,
  run: async (model, real) => {
    if (!(await mayHere(real, model, who, 'provider', 'measurement:write'))) return;
    await sleep(A_TICK_MS); // so that it is later than a decision just made
    await authors.add(real.one, real.contractId, real.people[who]!);
    model.enter(who);
  },
  toString: () => `enter(${who})`,
});

const submit = (who: number): Step => ({
  check: (model) => model.claims.length < LINES,
  run: async (model, real) => {
    if (!(await mayHere(real, model, who, 'provider', 'claim:submit'))) return;
    const claim = model.submit(who);
    const id = claimIdOf(real, claim);
    await claims.insertClaim(real.one, {
      id,
      contractId: real.contractId,
      number: claim + 1,
      computationId: real.computationId,
      lines: 1,
      totalMinor: 100n,
      submittedBy: real.people[who]!,
      submittedAt: new Date(),
      recordedSeq: 1n,
      linesSalt: SALT,
    });
    await claims.insertAct(real.one, { claimId: id, act: 1 }, { recordedSeq: 2n, salt: SALT });
    const act = { claimId: id, computationId: real.computationId, act: null };
    await claims.insertLines(real.one, act, [claim + 1]);
  },
  toString: () => `submit(${who})`,
});

const open = (model: Pick<FourEyesModel, 'claims'>, nth: number): number | null => {
  const undecided = model.claims.flatMap(({ decided }, claim) => (decided ? [] : [claim]));
  return undecided.length === 0 ? null : undecided[nth % undecided.length]!;
};

const FOUR_EYES = 'DECIDER_NOT_INDEPENDENT';

/** Asks as the service does, rule by rule, and then the database whatever the rules have said. */
const decide = (who: number, nth: number): Step => ({
  check: (model) => open(model, nth) !== null,
  run: async (model, real) => {
    const claim = open(model, nth)!;
    const expected = model.handIn(who, claim);
    const depends = model.dependsOn(who, claim);
    const may = await mayHere(real, model, who, 'commissioner', 'claim:decide');
    const hand = await claims.handIn(real.one, claimIdOf(real, claim), real.people[who]!);
    agree('the hand in it', JSON.stringify(hand), JSON.stringify(expected));
    const byRule = await refusalOf((async () => requireIndependent(hand))());
    agree('the rule', byRule, depends ? FOUR_EYES : null);
    if (!may && !depends) return; // the database knows nothing of roles, and would take it
    const byDatabase = await refusalOf(decision(real.one, real, who, claim));
    agree('the database', byDatabase, depends ? FOUR_EYES : null);
    if (byDatabase === null) model.decide(who, claim);
  },
  toString: () => `decide(${who}, ${nth})`,
});

const decideAtOnce = (a: number, b: number, nth: number): Step => ({
  check: (model) => open(model, nth) !== null,
  run: async (model, real) => {
    const claim = open(model, nth)!;
    const free = [a, b].filter((who) => !model.dependsOn(who, claim));
    const refusals = await Promise.all([
      refusalOf(decision(real.one, real, a, claim)),
      refusalOf(decision(real.two, real, b, claim)),
    ]);
    const stand = [a, b].filter((_, index) => refusals[index] === null);
    agree('at most one stands', stand.length, Math.min(free.length, 1));
    for (const who of stand) {
      agree('whoever stands is free', free.includes(who), true);
      model.decide(who, claim);
    }
  },
  toString: () => `decideAtOnce(${a}, ${b}, ${nth})`,
});

/** A recognition is under way when its own account decides: the decision waits for it, and is judged by it. */
const decideWhileRecognised = (who: number, other: number, nth: number): Step => ({
  check: (model) => open(model, nth) !== null && !model.isOneHuman(who, other),
  run: async (model, real) => {
    const claim = open(model, nth)!;
    await real.two.query('begin');
    await join(real.two, real, who, other);
    const deciding = refusalOf(decision(real.one, real, who, claim));
    await real.two.query('commit');
    model.recognise(who, other);
    const depends = model.dependsOn(who, claim);
    agree('judged by the recognition', await deciding, depends ? FOUR_EYES : null);
    if (!depends) model.decide(who, claim);
  },
  toString: () => `decideWhileRecognised(${who}, ${other}, ${nth})`,
});

/** The service takes the side from the role in which somebody acts. */
const consent = (who: number, duty: Part): Step => ({
  check: (model) => model.parts[who]!.has(duty),
  run: async (model, real) => {
    const { contractId, people } = real;
    const refusal = await refusalOf(
      contracts.insertConsent(real.one, { contractId, ...DRAFT, duty, personId: people[who]! }),
    );
    const theirs = model.consents.get(duty === 'provider' ? 'commissioner' : 'provider');
    const isOne = theirs !== undefined && model.isOneHuman(theirs, who);
    const expected = model.consents.has(duty)
      ? 'CONSENT_GIVEN_ALREADY'
      : isOne
        ? 'CONSENT_NEEDS_TWO_PEOPLE'
        : null;
    agree(`consent for the ${duty}`, refusal, expected);
    if (refusal === null) model.consents.set(duty, who);
  },
  toString: () => `consent(${who}, ${duty})`,
});

const account = fc.nat({ max: PARTS.length - 1 });
const part = fc.constantFrom<Part>('provider', 'commissioner');
const nth = fc.nat({ max: 2 });
const pair = fc.tuple(account, account).filter(([a, b]) => a !== b);

/** Sequences of up to so many steps. */
export const sequences = (maxCommands: number) =>
  fc.commands<FourEyesModel, Real, false>(
    [
      pair.map(([a, b]) => recognise(a, b)),
      fc.tuple(account, part).map(([who, what]) => grant(who, what)),
      fc.tuple(account, part).map(([who, what]) => end(who, what)),
      account.map(enter),
      // twice as often what a provider and a commissioner do all day, so that most sequences come to a decision
      fc.constantFrom(0, 1).map(submit),
      fc.constantFrom(0, 1).map(submit),
      account.map(submit),
      fc.tuple(account, nth).map(([who, n]) => decide(who, n)),
      fc.tuple(fc.constantFrom(2, 3), nth).map(([who, n]) => decide(who, n)),
      fc.tuple(fc.constantFrom(2, 3), nth).map(([who, n]) => decide(who, n)),
      fc.tuple(pair, nth).map(([[a, b], n]) => decideAtOnce(a, b, n)),
      fc.tuple(pair, nth).map(([[a, b], n]) => decideWhileRecognised(a, b, n)),
      fc.tuple(account, part).map(([who, duty]) => consent(who, duty)),
    ] as fc.Arbitrary<Step>[],
    { maxCommands, size: 'max' },
  );
