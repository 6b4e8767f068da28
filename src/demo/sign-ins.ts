import { ADMINISTRATOR, DEMO_CONTRACTS, LONELINESS, peopleOf } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';

/** Where everything is, and with whose key to try it. */
export function signIns(keys: DemoKeys, address: string): string {
  const people = DEMO_CONTRACTS.flatMap((contract) => [
    `  ${contract.code}`,
    ...peopleOf(contract).map((one) =>
      signIn(one.name, `${one.role}, ${one.does}`, keys.keyOf(one.email)),
    ),
  ]);
  const administrator = keys.keyOf(ADMINISTRATOR.email);
  const { code, people: parties, claimedPeriod } = LONELINESS;
  const commissioner = keys.keyOf(parties.commissioner.email);
  const investor = keys.keyOf(parties.others.find(({ role }) => role === 'investor')!.email);
  return [
    '\nSign-ins of the demo (API keys; nobody real)',
    signIn(ADMINISTRATOR.name, 'administrator, adds people', administrator),
    ...people,
    '',
    `API            ${address}/v1`,
    `Documentation  ${address}/docs`,
    '',
    `curl -H 'Authorization: Bearer ${commissioner}' ${address}/v1/contracts/${code}/claims/1`,
    `curl -H 'Authorization: Bearer ${investor}' -H 'Accept: text/csv' ${address}/v1/contracts/${code}/statements/${claimedPeriod}`,
  ].join('\n');
}

const signIn = (name: string, does: string, key: string): string =>
  `    ${name.padEnd(19)} ${does.padEnd(34)} ${key}`;
