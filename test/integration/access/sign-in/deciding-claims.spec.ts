import { NotVisible } from '../../../../src/access/access.errors.js';
import { PeopleService } from '../../../../src/access/people.service.js';
import { DecisionService } from '../../../../src/claims/decision.service.js';
import type { Actor } from '../../../../src/platform/auth/actor.js';
import { AuthenticationNotRecent } from '../../../../src/platform/auth/auth.errors.js';
import { SERVICE } from '../../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import {
  aContract,
  startTestApp,
  type TestApp,
  type TestContract,
} from '../../../support/harness.js';
import { TestTime } from '../../../support/sign-in.js';

let service: TestApp;
let time: TestTime;
let contract: TestContract;
beforeAll(async () => {
  service = await startTestApp();
  contract = await aContract().in(service);
  time = new TestTime(service);
});
afterAll(() => service.stop());

/** The commissioner decides a claim that is not there, so that whatever is not refused before ends in NotVisible. */
async function decide(via: Actor['via'], minutesAgo: number | null): Promise<unknown> {
  const person = await service
    .get(TransactionRunner)
    .readOnly(SERVICE.operator, (tx) =>
      service.get(PeopleService).actorByEmail(tx, contract.commissioner.email, via),
    );
  const authenticatedAt = new Date(time.present.getTime() - (minutesAgo ?? 0) * 60_000);
  const actor =
    minutesAgo === null ? person : { ...person, session: { id: 'any', authenticatedAt } };
  return service
    .get(DecisionService)
    .decide({ actor, idempotencyKey: null, requestHash: '00' }, contract.code, 1, {
      ifMatch: '"any"',
      decisions: [],
      approveUndecided: true,
    })
    .catch((error: unknown) => error);
}

describe('deciding a claim', () => {
  it.each<[string, Actor['via'], number | null, new (...parameters: never[]) => Error]>([
    ['at a browser with a proof of identity of now', 'web', 0, NotVisible],
    ['at a browser with one of five minutes ago', 'web', 5, NotVisible],
    ['at a browser with an older one', 'web', 5.01, AuthenticationNotRecent],
    ['at a browser without a session', 'web', null, AuthenticationNotRecent],
    ['with an API key', 'api', null, NotVisible],
    ['at the command line', 'cli', null, NotVisible],
  ])('%s', async (_, via, minutesAgo, expected) => {
    expect(await decide(via, minutesAgo)).toBeInstanceOf(expected);
  });
});
