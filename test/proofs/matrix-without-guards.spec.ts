import type { LightMyRequestResponse } from 'fastify';
import { managingAs } from '../../src/access/organisations/standing.js';
import { startTestApp, type TestApp } from '../support/harness.js';
import { ACTS } from '../support/matrix/acts.js';
import { setTheStage, type Stage } from '../support/matrix/cast.js';
import { call, cellsOf, nameOf, type Cell } from '../support/matrix/cells.js';
import { switchOffGuards } from '../support/matrix/guards-off.js';
import { routesOf } from '../support/matrix/routes.js';
import { leakIn, secretsOf } from '../support/matrix/secrets.js';
import { snapshot } from '../support/matrix/snapshot.js';
import { buildProgram } from '../support/worker-process.js';

// the one check that is a function and no service
jest.mock('../../src/access/organisations/standing.js', () => ({
  managingAs: jest.fn(() => Promise.resolve('manager')),
}));

/**
 * The matrix of every route as everybody, with each check of the application switched off: what is not theirs the
 * database alone keeps from them. No answer tells it, and nothing is written.
 */
let service: TestApp;
let stage: Stage;

beforeAll(async () => {
  buildProgram();
  service = await startTestApp();
  jest
    .mocked(managingAs)
    .mockImplementation(
      jest.requireActual<{ managingAs: typeof managingAs }>(
        '../../src/access/organisations/standing.js',
      ).managingAs,
    );
  stage = await setTheStage(service);
  jest.mocked(managingAs).mockResolvedValue('manager');
  switchOffGuards(service);
}, 240_000);
afterAll(() => service.stop());

const MEANT_TO_WRITE = new Set<object>();

/** As the matrix calls it, and where that would come to nothing anyway, as somebody would who means it. */
const attempts = (cell: Cell): Cell[] => {
  const act = ACTS[cell.route]?.(cell.thing, stage) ?? null;
  if (act === null) return [cell];
  const request = { ...cell.request, ...act };
  MEANT_TO_WRITE.add(request);
  return [cell, { ...cell, request }];
};

/** What a page has done it says on the page that it leads to. */
const isDoneOnPage = ({ statusCode, headers }: LightMyRequestResponse): boolean =>
  statusCode === 303 && String(headers.location).includes('done=');

it('tells nobody what is not theirs, and writes nothing for them', async () => {
  const secrets = await secretsOf(stage);
  for (const { what, texts } of secrets) expect([what, texts.length > 0]).toEqual([what, true]);
  const before = await snapshot();
  const cells = cellsOf(stage, routesOf(service)).filter(({ verdict }) =>
    ['invisible', 'refused'].includes(verdict),
  );
  const faults: string[] = [];
  let passed = 0;
  for (const cell of cells.flatMap(attempts)) {
    const answer = await call(service, cell);
    const isDone = cell.isPage ? isDoneOnPage(answer) : answer.statusCode < 300;
    if (answer.statusCode < 300) passed += 1;
    if (isDone && MEANT_TO_WRITE.has(cell.request))
      faults.push(`${nameOf(cell)} was carried out: ${answer.body.slice(0, 200)}`);
    const leak = leakIn(secrets, cell, answer.body);
    if (leak !== null) faults.push(`${nameOf(cell)} tells ${leak}: ${answer.body.slice(0, 200)}`);
  }
  const after = await snapshot();
  for (const [table, digest] of after)
    if (digest !== before.get(table)) faults.push(`${table} was written`);
  process.stdout.write(
    `${cells.length} cells without guards, ${passed} of them answered as if done\n`,
  );
  expect(faults).toEqual([]);
  expect(passed).toBeGreaterThan(100); // else something else had refused, and the database were not tried
}, 300_000);
