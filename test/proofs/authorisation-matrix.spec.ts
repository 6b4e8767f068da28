import type { LightMyRequestResponse } from 'fastify';
import { startTestApp, type TestApp } from '../support/harness.js';
import { RULES } from '../support/matrix/calls.js';
import { setTheStage, type Stage } from '../support/matrix/cast.js';
import { call, cellsOf, nameOf, type Cell } from '../support/matrix/cells.js';
import { narrowedCells } from '../support/matrix/narrow-keys.js';
import { PAGES } from '../support/matrix/pages.js';
import { HOLDERS, type Verdict } from '../support/matrix/policy.js';
import { buildProgram } from '../support/worker-process.js';
import { routesOf, type Route } from '../support/matrix/routes.js';

/**
 * Every route of the interface, called as everybody, in every relation, on every state of what it is about. What each
 * cell must answer comes from the declared policy. A route that the policy does not know, and a rule without a route, fail.
 */
const CODE_OF: Readonly<Record<Exclude<Verdict, 'done'>, readonly [number, string]>> = {
  'not-signed-in': [401, 'NOT_SIGNED_IN'],
  invisible: [404, 'NOT_FOUND'],
  refused: [403, 'PERMISSION_REFUSED'],
  'too-narrow': [403, 'KEY_TOO_NARROW'],
  'manages-no-keys': [403, 'KEY_CANNOT_MANAGE_KEYS'],
};

let service: TestApp;
let stage: Stage;
let routes: Route[];

beforeAll(async () => {
  buildProgram(); // clauses are tried on a thread of the compiled program
  service = await startTestApp();
  stage = await setTheStage(service);
  routes = routesOf(service);
}, 240_000);
afterAll(() => service.stop());

const codeIn = (answer: LightMyRequestResponse): string | null =>
  /problem\+json/.test(String(answer.headers['content-type']))
    ? (answer.json<{ code: string }>().code ?? null)
    : null;

/** On a page: somebody who has not signed in is led to where that is done. */
const PAGE_OF: Readonly<Record<Exclude<Verdict, 'done'>, number>> = {
  'not-signed-in': 303,
  invisible: 404,
  refused: 403,
  'too-narrow': 403,
  'manages-no-keys': 403,
};
const isLedToSignIn = ({ statusCode, headers }: LightMyRequestResponse): boolean =>
  statusCode === 303 && /^\/sign-in(\?return=|$)/.test(String(headers.location));

/** As faultOf, of a page: it says what it refuses by its status alone. */
function faultOfPage(cell: Cell, answer: LightMyRequestResponse): string | null {
  const { statusCode: status } = answer;
  const found = `${nameOf(cell)}: ${status} ${String(answer.headers.location ?? '')}`;
  if (status >= 500) return `${found}, which is a fault of ours`;
  if (cell.verdict !== 'done') {
    const isLed = cell.verdict !== 'not-signed-in' || isLedToSignIn(answer);
    const wanted = PAGE_OF[cell.verdict];
    return status === wanted && isLed ? null : `${found}, wanted ${wanted} for ${cell.verdict}`;
  }
  const isDone = cell.request.done.includes(status) && status !== 403;
  return isDone ? null : `${found}, wanted ${cell.request.done.join(' or ')}`;
}

/** What is wrong with the answer of a cell; null when nothing is. */
function faultOf(cell: Cell, answer: LightMyRequestResponse): string | null {
  const [status, code] = [answer.statusCode, codeIn(answer)];
  const found = `${nameOf(cell)}: ${status} ${code ?? ''}`;
  if (status >= 500) return `${found}, which is a fault of ours`;
  if (answer.headers['cache-control'] !== 'no-store') return `${found}, which a browser may keep`;
  if (cell.verdict !== 'done') {
    const [wanted, named] = CODE_OF[cell.verdict];
    return status === wanted && code === named ? null : `${found}, wanted ${wanted} ${named}`;
  }
  const isRefusal = Object.values(CODE_OF).some(([, named]) => named === code && status !== 404);
  const isDone = cell.request.done.includes(status) && !isRefusal;
  return isDone ? null : `${found}, wanted ${cell.request.done.join(' or ')}`;
}

/** An answer with everything taken out that is only of this request or of this thing. */
function withoutIds(answer: LightMyRequestResponse, { thing, isPage }: Cell): string {
  const ids = [thing.code, thing.id, thing.reference, thing.organisationId];
  const told = isPage ? mainOf(answer.body) : withoutRequestId(answer);
  const text = ids.reduce((left, id) => left.replaceAll(id, '…'), told);
  const headers = Object.keys(answer.headers).filter((name) => name !== 'connection');
  return `${text} ${headers.sort().join(' ')}`;
}

const withoutRequestId = (answer: LightMyRequestResponse): string => {
  const { requestId: _, ...body } = answer.json<Record<string, unknown>>();
  return JSON.stringify(body);
};
/** What a page is about: the frame around it says who reads it, and their form's token is theirs alone. */
const mainOf = (page: string): string =>
  (page.match(/<title>[^]*?<\/title>|<main[^]*<\/main>/g) ?? []).join(' ');

it('the policy knows every route and what it needs, and no other', () => {
  const known = [RULES, PAGES].flatMap((rules) =>
    Object.entries(rules).map(([name, { needs, declares }]) => ({
      name,
      needs: declares ?? needs,
      isPage: rules === PAGES,
    })),
  );
  expect(routes).toEqual(known.sort((a, b) => (a.name < b.name ? -1 : 1)));
  const used = new Set(routes.map(({ needs }) => needs));
  expect(Object.keys(HOLDERS).filter((permission) => !used.has(permission))).toEqual([]);
});

/** Calls each cell, and holds it against the policy and what is invisible against what is not there. */
async function tryAll(cells: readonly Cell[]): Promise<readonly string[]> {
  const faults: string[] = [];
  const count: Partial<Record<Verdict, number>> = {};
  const invisible = new Map<string, Map<string, string>>();
  for (const cell of cells) {
    const answer = await call(service, cell);
    const fault = cell.isPage ? faultOfPage(cell, answer) : faultOf(cell, answer);
    if (fault !== null) faults.push(fault);
    count[cell.verdict] = (count[cell.verdict] ?? 0) + 1;
    if (cell.verdict !== 'invisible' || fault !== null) continue;
    const bodies = invisible.get(cell.route) ?? new Map<string, string>();
    bodies.set(withoutIds(answer, cell), nameOf(cell));
    invisible.set(cell.route, bodies);
  }
  for (const [route, bodies] of invisible)
    if (bodies.size > 1)
      faults.push(`${route} tells the invisible from the absent: ${[...bodies].join('\n    ')}`);
  process.stdout.write(
    `${cells.length} cells over ${routes.length} routes (${Object.keys(PAGES).length} of them pages) and ${new Set(cells.map(({ player }) => player.name)).size} people: ${JSON.stringify(count)}\n`,
  );
  return faults;
}

it('every cell answers as the policy says, and what is invisible answers as what is not there', async () => {
  expect(await tryAll(cellsOf(stage, routes))).toEqual([]);
}, 300_000);

it('a narrowed key does what it is for and its person may, on its contracts, and nothing else', async () => {
  const cells = await narrowedCells(service, stage, routes);
  expect(new Set(cells.map(({ route }) => route)).size).toBe(
    routes.filter(({ isPage }) => !isPage).length,
  );
  expect(await tryAll(cells)).toEqual([]);
}, 300_000);
