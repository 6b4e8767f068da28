// The matrix once more with keys that are narrowed: to one act, to all acts but one, to one contract, to another contract.
import { TestPerson } from '../person.js';
import type { TestApp } from '../service.js';
import { requestOf, RULES, thingsOf, type Rule } from './calls.js';
import { ELSEWHERE, PARTY, type Player, type Stage } from './cast.js';
import type { Cell } from './cells.js';
import { HOLDERS, ROLES, verdictOfNarrowed, type Narrowing, type Thing } from './policy.js';
import type { Route } from './routes.js';

const onlyFor = (...permissions: string[]): Narrowing => ({
  name: `${permissions.join(' and ')} only`,
  permissions,
  contract: null,
});
const forAllBut = (permission: string): Narrowing => ({
  name: `all but ${permission}`,
  permissions: Object.keys(HOLDERS).filter((each) => each !== permission),
  contract: null,
});
const ON_THE_CONTRACT: Narrowing = {
  name: 'the contract under test',
  permissions: null,
  contract: 'active',
};
const ON_ANOTHER: Narrowing = {
  name: 'another contract',
  permissions: null,
  contract: 'elsewhere',
};

/** Every route, on every state of what it is about, with narrowed keys of whoever may and of somebody who may not. */
export async function narrowedCells(
  service: TestApp,
  stage: Stage,
  routes: readonly Route[],
): Promise<Cell[]> {
  const keys = new NarrowKeys(service, stage);
  const everybody = await holdersOf(service, stage);
  const cells: Cell[] = [];
  for (const { name: route, isPage } of routes) {
    if (isPage) continue; // keys open no page
    const rule = RULES[route];
    if (rule === undefined) continue;
    const things = thingsOf(stage).filter(({ state }) => Object.hasOwn(rule.done, state));
    for (const [holder, narrowing] of pairsOf(everybody, rule)) {
      const player = { ...holder, person: await keys.of(holder, narrowing) };
      for (const thing of things)
        cells.push({
          route,
          isPage,
          player,
          thing,
          request: requestOf(route, rule, thing, stage),
          verdict: verdictOfNarrowed(player, narrowing, route, askedOf(rule, thing), thing),
          narrowing: narrowing.name,
        });
    }
  }
  return cells;
}

/** Of what is not there, nothing more is asked than whether one may ask. */
function askedOf(rule: Rule, { state }: Thing): Pick<Rule, 'needs' | 'about' | 'also'> {
  const { needs, about, also } = rule;
  const isThere = ![rule.done[state] ?? []].flat().includes(404);
  return also !== undefined && isThere ? { needs, about, also } : { needs, about };
}

/** Somebody in each role, an administrator and a manager, all of whom can name another contract than the one under test. */
async function holdersOf({ administrator }: TestApp, stage: Stage): Promise<Player[]> {
  const named = (name: string): Player => {
    const found = stage.players.find((player) => player.name === name);
    if (found === undefined) throw new Error(`Nobody in the matrix is ${name}`);
    return found;
  };
  const members: Player[] = [];
  for (const role of ROLES) {
    const player = named(`${role}, own`);
    const { email } = player.person;
    await administrator
      .post(`/v1/contracts/${ELSEWHERE}/members`, { email, party: PARTY[role], role })
      .expect(201);
    members.push({ ...player, elsewhere: [role] });
  }
  return [...members, named('administrator'), named('organisation manager, own')];
}

/** Who is tried with which keys on a route: all who may, in each way, and the first who may not. */
function pairsOf(everybody: readonly Player[], rule: Rule): [Player, Narrowing][] {
  const { needs, also, about } = rule;
  const isForAnybody = about === 'nobody' || about === 'oneself';
  if (isForAnybody)
    return [
      [everybody[0]!, onlyFor('contract:read')],
      [everybody[0]!, ON_ANOTHER],
    ];
  const may = everybody.filter((who) => mayDo(who, rule));
  const mayNot = everybody.find((who) => who.roles.length > 0 && !mayDo(who, rule));
  const ways = (who: Player): Narrowing[] => [
    onlyFor(needs),
    forAllBut(needs),
    ...(also === undefined ? [] : [onlyFor(needs, also), forAllBut(also)]),
    // a manager of the organisation has no part in a contract that a key could be narrowed to
    ...(who.roles.length > 0 || who.isAdministrator ? [ON_THE_CONTRACT, ON_ANOTHER] : []),
  ];
  return [
    ...may.flatMap((who) => ways(who).map((way): [Player, Narrowing] => [who, way])),
    ...(mayNot ? [[mayNot, onlyFor(needs)] as [Player, Narrowing]] : []),
  ];
}

function mayDo(who: Player, { needs, about }: Rule): boolean {
  if (who.manages) return about === 'organisation' || about === 'party';
  const holders = HOLDERS[needs];
  if (who.isAdministrator) return holders?.administrator ?? false;
  return who.roles.some((role) => holders?.roles.includes(role));
}

/** Issues each key once. */
class NarrowKeys {
  private readonly issued = new Map<string, TestPerson>();

  constructor(
    private readonly service: TestApp,
    private readonly stage: Stage,
  ) {}

  async of({ name: who, person }: Player, narrowing: Narrowing): Promise<TestPerson> {
    const { name, permissions, contract } = narrowing;
    const known = this.issued.get(`${who}: ${name}`);
    if (known) return known;
    const code = contract === 'active' ? this.stage.active : ELSEWHERE;
    const { body } = await person
      .post('/v1/me/keys', {
        label: name,
        ...(permissions === null ? {} : { permissions }),
        ...(contract === null ? {} : { contracts: [code] }),
      })
      .expect(201);
    const narrow = new TestPerson(this.service.app, { ...person, key: body.apiKey as string });
    this.issued.set(`${who}: ${name}`, narrow);
    return narrow;
  }
}
