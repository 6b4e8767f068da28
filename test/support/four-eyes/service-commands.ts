import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Response } from 'supertest';
import type { TestPerson } from '../person.js';
import type { FourEyesModel, Part } from './model.js';

/** An account over HTTP. */
export interface Account {
  readonly id: string;
  readonly person: TestPerson;
}

/** The act that was done with a key, to be done again. */
interface Done {
  readonly who: number;
  readonly path: string;
  readonly key: string;
  readonly ifMatch: string;
  readonly body: unknown;
}

/** One contract in the running service. */
export interface Served {
  readonly path: string;
  readonly code: string;
  readonly accounts: readonly Account[];
  readonly administrator: TestPerson;
  readonly lines: readonly string[];
  readonly done: Done[];
  events: number;
}

type Step = fc.AsyncCommand<FourEyesModel, Served>;

function agree(what: string, response: Response, expected: readonly number[]): void {
  if (expected.includes(response.status)) return;
  throw new Error(
    `${what}: ${response.status} ${response.text}, expected ${expected.join(' or ')}`,
  );
}

/** What somebody without the part gets; null for whoever has it. */
const refusalFor = (model: FourEyesModel, who: number, part: Part): number | null => {
  const held = model.parts[who]!;
  return held.has(part) ? null : held.size === 0 ? 404 : 403;
};

const tagOf = ({ code }: Served, claim: number): string => `"claim.${code}.${claim + 1}.1"`;
const all = { approveUndecided: true };
const decisionsOf = ({ path }: Served, claim: number): string =>
  `${path}/claims/${claim + 1}/decisions`;

const recognise = (a: number, b: number): Step => ({
  check: () => true,
  run: async (model, real) => {
    const [one, other] = [real.accounts[a]!, real.accounts[b]!];
    const body = { sameAs: other.id, reason: 'Found out' };
    const answer = await real.administrator.post(`/v1/people/${one.id}/same-human`, body);
    agree('recognition', answer, [model.isOneHuman(a, b) ? 409 : 204]);
    model.recognise(a, b);
  },
  toString: () => `recognise(${a}, ${b})`,
});

const PARTY = { provider: 'charity', commissioner: 'council' } as const;

const grant = (who: number, role: Part): Step => ({
  check: () => true,
  run: async (model, real) => {
    const member = { email: real.accounts[who]!.person.email, party: PARTY[role], role };
    const answer = await real.administrator.post(`${real.path}/members`, member);
    agree('a role granted', answer, [model.parts[who]!.has(role) ? 409 : 201]);
    model.parts[who]!.add(role);
  },
  toString: () => `grant(${who}, ${role})`,
});

const end = (who: number, role: Part): Step => ({
  check: (model) => model.parts[who]!.has(role),
  run: async (model, real) => {
    const answer = await real.administrator.delete(
      `${real.path}/members/${real.accounts[who]!.id}/${role}`,
    );
    agree('a role ended', answer, [204]);
    model.parts[who]!.delete(role);
  },
  toString: () => `end(${who}, ${role})`,
});

export type Way = 'entered' | 'imported' | 'corrected';

/** A measurement, in one of the ways in which one comes into the service. */
function enterBy(real: Served, who: number, way: Way) {
  const { person } = real.accounts[who]!;
  const at = `${real.path}/participants/P1/measurements`;
  const found = { measuredOn: '2015-06-02' };
  if (way === 'corrected')
    return person.post(`${at}/settled/first/corrections`, {
      measuredOn: `2015-06-${String((real.events++ % 27) + 3).padStart(2, '0')}`,
      reason: 'Another day',
    });
  const event = `e-${(real.events += 1)}`;
  return way === 'entered'
    ? person.post(at, { metric: 'settled', event, ...found })
    : person.upload(
        `${real.path}/imports/measurements`,
        `reference,metric,event,measured_on\nP1,settled,${event},${found.measuredOn}\n`,
      );
}

const enter = (who: number, way: Way): Step => ({
  check: () => true,
  run: async (model, real) => {
    const refusal = refusalFor(model, who, 'provider');
    agree(`a score ${way}`, await enterBy(real, who, way), [refusal ?? 201]);
    if (refusal === null) model.enter(who);
  },
  toString: () => `enter(${who}, ${way})`,
});

const submit = (who: number): Step => ({
  check: (model) => model.claims.length < 4,
  run: async (model, real) => {
    const refusal = refusalFor(model, who, 'provider');
    const body = { computation: 1, lines: [real.lines[model.claims.length]!] };
    const answer = await real.accounts[who]!.person.post(`${real.path}/claims`, body);
    agree('a claim', answer, [refusal ?? 201]);
    if (refusal === null) model.submit(who);
  },
  toString: () => `submit(${who})`,
});

const open = (model: Pick<FourEyesModel, 'claims'>): number =>
  model.claims.findIndex(({ decided }) => !decided);

async function decideOnce(real: Served, who: number, claim: number, key: string) {
  const options = { ifMatch: tagOf(real, claim), idempotencyKey: key };
  return real.accounts[who]!.person.post(decisionsOf(real, claim), all, options);
}

const remember = (real: Served, who: number, claim: number, key: string, body: unknown) =>
  real.done.push({ who, path: decisionsOf(real, claim), key, ifMatch: tagOf(real, claim), body });

const decide = (who: number): Step => ({
  check: (model) => open(model) >= 0,
  run: async (model, real) => {
    const [claim, key] = [open(model), randomUUID()];
    const refusal =
      refusalFor(model, who, 'commissioner') ?? (model.dependsOn(who, claim) ? 403 : null);
    const answer = await decideOnce(real, who, claim, key);
    agree('a decision', answer, [refusal ?? 201]);
    if (refusal !== null) return;
    model.decide(who, claim);
    remember(real, who, claim, key, answer.body);
  },
  toString: () => `decide(${who})`,
});

/** Two at once: two accounts, or one account twice with the same key. At most one decision comes of it. */
const decideAtOnce = (a: number, b: number): Step => ({
  check: (model) => open(model) >= 0,
  run: async (model, real) => {
    const [claim, key] = [open(model), randomUUID()];
    const free = [a, b].filter(
      (who) => refusalFor(model, who, 'commissioner') === null && !model.dependsOn(who, claim),
    );
    const answers = await Promise.all([
      decideOnce(real, a, claim, key),
      decideOnce(real, b, claim, key),
    ]);
    const first = answers.findIndex(({ status }) => status === 201);
    if (answers.filter(({ status }) => status === 201).length !== Math.min(free.length, 1))
      throw new Error(`at once: ${answers.map(({ status }) => status).join(' and ')}`);
    for (const [index, who] of [a, b].entries())
      agree('at once', answers[index]!, free.includes(who) ? [201, 200, 412, 409] : [403, 404]);
    if (first < 0) return;
    const who = [a, b][first]!;
    model.decide(who, claim);
    remember(real, who, claim, key, answers[first]!.body);
  },
  toString: () => `decideAtOnce(${a}, ${b})`,
});

/** The same human measures under one account while deciding under the other: whichever is first, the other knows. */
const decideWhileEntering = (decider: number, author: number): Step => ({
  check: (model) => open(model) >= 0 && decider !== author,
  run: async (model, real) => {
    const [claim, key] = [open(model), randomUUID()];
    const isFree =
      refusalFor(model, decider, 'commissioner') === null && !model.dependsOn(decider, claim);
    const [decided, entered] = await Promise.all([
      decideOnce(real, decider, claim, key),
      enterBy(real, author, 'entered'),
    ]);
    agree('a score meanwhile', entered, [refusalFor(model, author, 'provider') ?? 201]);
    const mayLose = isFree && entered.status === 201 && model.isOneHuman(decider, author);
    agree('a decision meanwhile', decided, isFree ? [201, ...(mayLose ? [403] : [])] : [403, 404]);
    if (decided.status === 201) {
      model.decide(decider, claim, true);
      remember(real, decider, claim, key, decided.body);
    }
    if (entered.status === 201) model.enter(author);
  },
  toString: () => `decideWhileEntering(${decider}, ${author})`,
});

/** An act is asked for again with its own key: it is told again to whoever did it, and nothing more is done. */
const replay = (nth: number): Step => ({
  check: () => true,
  run: async (_, real) => {
    const done = real.done[nth % Math.max(real.done.length, 1)];
    if (done === undefined) return;
    const options = { ifMatch: done.ifMatch, idempotencyKey: done.key };
    const answer = await real.accounts[done.who]!.person.post(done.path, all, options);
    agree('a replay', answer, [200]);
    if (!isDeepStrictEqual(answer.body, done.body)) throw new Error('a replay told something else');
  },
  toString: () => `replay(${nth})`,
});

const account = fc.nat({ max: 5 });
const commissioner = fc.constantFrom(2, 3);
const role = fc.constantFrom<Part>('provider', 'commissioner');
const way = fc.constantFrom<Way>('entered', 'imported', 'corrected');
const pair = fc.tuple(account, account).filter(([a, b]) => a !== b);

export const servedSequences = (maxCommands: number) =>
  fc.commands<FourEyesModel, Served, false>(
    [
      pair.map(([a, b]) => recognise(a, b)),
      fc.tuple(account, role).map(([who, what]) => grant(who, what)),
      fc.tuple(account, role).map(([who, what]) => end(who, what)),
      fc.tuple(account, way).map(([who, how]) => enter(who, how)),
      fc.constantFrom(0, 1).map(submit),
      fc.constantFrom(0, 1).map(submit),
      account.map(decide),
      commissioner.map(decide),
      commissioner.map(decide),
      fc.tuple(commissioner, commissioner).map(([a, b]) => decideAtOnce(a, b)),
      fc.tuple(account, commissioner).map(([a, b]) => decideAtOnce(a, b)),
      fc.tuple(commissioner, account).map(([a, b]) => decideWhileEntering(a, b)),
      fc.nat({ max: 3 }).map(replay),
    ],
    { maxCommands, size: 'max' },
  );
