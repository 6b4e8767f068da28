import { table } from '../cli/print.js';
import { ADMINISTRATOR, DEMO_CONTRACTS, LONELINESS, peopleOf } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';

/** Where everything is, and with whose key to try it. */
export function signIns(keys: DemoKeys, address: string): string {
  const people = DEMO_CONTRACTS.flatMap((contract) =>
    peopleOf(contract).map((one) => [
      one.name,
      `${one.role} of ${contract.code}: ${one.does}`,
      keys.keyOf(one.email),
    ]),
  );
  const administrator = [
    ADMINISTRATOR.name,
    'administrator: people and memberships',
    keys.keyOf(ADMINISTRATOR.email),
  ];
  const { code, people: parties, claimedPeriod } = LONELINESS;
  const commissioner = keys.keyOf(parties.commissioner.email);
  const investor = keys.keyOf(parties.others.find(({ role }) => role === 'investor')!.email);
  return [
    '\nSign-ins of the demo (API keys; nobody real)',
    table(['Person', 'Role', 'Key'], [administrator, ...people]),
    '',
    `API            ${address}/v1`,
    `Documentation  ${address}/docs`,
    '',
    `curl -H 'Authorization: Bearer ${commissioner}' ${address}/v1/contracts/${code}/claims/1`,
    `curl -H 'Authorization: Bearer ${investor}' -H 'Accept: text/csv' ${address}/v1/contracts/${code}/statements/${claimedPeriod}`,
  ].join('\n');
}
