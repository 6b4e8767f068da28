import { ADMINISTRATOR, DEMO_CONTRACTS, LONELINESS, peopleOf } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';
import type { DemoSignIns } from './demo-sign-ins.js';

/** Where everything is, and as whom to try it: at a browser with password and code, by API with a key. */
export function inWords(keys: DemoKeys, signIns: DemoSignIns, address: string): string {
  const people = DEMO_CONTRACTS.flatMap((contract) => [
    `  ${contract.code}`,
    ...peopleOf(contract).flatMap((one) =>
      signIn(one.name, `${one.role}, ${one.does}`, one.email, keys.keyOf(one.email)),
    ),
  ]);
  const administrator = keys.keyOf(ADMINISTRATOR.email);
  const { code, people: parties, claimedPeriod } = LONELINESS;
  const { email } = parties.commissioner;
  const investor = keys.keyOf(parties.others.find(({ role }) => role === 'investor')!.email);
  const { port } = new URL(address);
  return [
    '\nSign-ins of the demo (nobody real): e-mail address for the browser, API key for programs',
    ...signIn(ADMINISTRATOR.name, 'administrator, adds people', ADMINISTRATOR.email, administrator),
    ...people,
    '',
    `Browser        http://localhost:${port}/sign-in`,
    `Password       ${signIns.password}   (of every account above)`,
    `Code           npm run --silent demo:code -- ${email}`,
    `               or put ${signIns.secretOf(email)} into an authenticator app of yours`,
    `API            ${address}/v1`,
    `Documentation  ${address}/docs`,
    '',
    `curl -H 'Authorization: Bearer ${keys.keyOf(email)}' ${address}/v1/contracts/${code}/claims/1`,
    `curl -H 'Authorization: Bearer ${investor}' -H 'Accept: text/csv' ${address}/v1/contracts/${code}/statements/${claimedPeriod}`,
  ].join('\n');
}

const signIn = (name: string, does: string, email: string, key: string): string[] => [
  `    ${name.padEnd(19)} ${does.padEnd(34)} ${email}`,
  `    ${''.padEnd(19)} ${key}`,
];
