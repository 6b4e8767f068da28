import { AUTHENTICATOR, type Authenticator } from '../../src/platform/auth/authenticator.js';
import { ReplayService } from '../../src/replay/replay.service.js';
import type { TestPerson } from './person.js';
import type { TestApp } from './service.js';

/** An honest history is rebuilt whole: nothing differs, and nothing is left open. Gives how much agreed, by part. */
export async function expectReplayed(
  service: TestApp,
  contract: { readonly code: string; readonly commissioner: TestPerson },
): Promise<Readonly<Record<string, number>>> {
  const actor = await service
    .get<Authenticator>(AUTHENTICATOR)
    .authenticate(contract.commissioner.key!);
  const request = { claim: null, statement: null };
  const { parts } = await service.get(ReplayService).replay(actor!, contract.code, request);
  expect(parts.filter(({ differing, open }) => differing > 0 || open.length > 0)).toEqual([]);
  return Object.fromEntries(parts.map(({ part, agreed }) => [part, agreed]));
}
