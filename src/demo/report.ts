import { readFile } from 'node:fs/promises';
import { logInWords, verificationInWords, verifyEverything } from '../cli/audit-verify.command.js';
import type { Application } from '../cli/application.js';
import { explanationInWords } from '../cli/explain.command.js';
import { table } from '../cli/print.js';
import type { ClaimView } from '../claims/claim-view.js';
import { FEWEST } from '../domain/disclosure/count.js';
import { formatAmount, formatMoney, money, parseMoney } from '../domain/money/money.js';
import { PaymentLinesService } from '../payments/payment-lines.service.js';
import type { IssueReceipt } from '../statements/issued-document.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { LONELINESS, type DemoContract } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';
import {
  independentTotal,
  linesWorthExplaining,
  postedPeriods,
  type PostedPeriod,
} from './demo.repository.js';
import { projectFile, type ExpectedTotal } from './expected-totals.js';

/** What is said, and whether everything that was checked came out as expected. */
export interface Report {
  readonly text: string;
  readonly agrees: boolean;
  /** The same as plain data, for --json. */
  readonly data: unknown;
}

const pounds = (minor: bigint): string => formatMoney(money(minor, 'GBP'));
const sum = (periods: readonly PostedPeriod[], of: (one: PostedPeriod) => bigint): bigint =>
  periods.reduce((total, one) => total + of(one), 0n);

/** The payments of a contract by period, held against what it must come to. */
export async function reportPayments(
  { get }: Application,
  keys: DemoKeys,
  { code, people }: DemoContract,
  title: string,
  expected: ExpectedTotal,
): Promise<Report> {
  const sql =
    code === LONELINESS.code
      ? await readFile(projectFile(`examples/contracts/${code}/check.sql`), 'utf8')
      : null;
  const reader = keys.actorOf(people.commissioner.email);
  const { periods, independent } = await get(TransactionRunner).readOnly(reader, async (tx) => ({
    periods: await postedPeriods(tx, code),
    independent: sql === null ? null : await independentTotal(tx, sql),
  }));
  const checks = [
    ...checkTotals(periods, expected),
    ...(independent === null ? [] : [checkIndependent(periods, independent)]),
  ];
  return {
    text: [`\n${title}`, paymentsTable(periods), ...checks.map(inWords)].join('\n'),
    agrees: checks.every(({ agrees }) => agrees),
    data: { contract: code, periods: periods.map(periodView), checks },
  };
}

const amount = (minor: bigint): string => formatAmount(money(minor, 'GBP'));
const periodView = (one: PostedPeriod) => ({
  computation: one.number,
  period: one.period,
  lines: one.lines,
  outcomes: one.outcomes,
  payments: amount(one.paymentsMinor),
  trueUps: one.trueUps,
  trueUpAmount: amount(one.trueUpsMinor),
  total: amount(one.totalMinor),
});

function paymentsTable(periods: readonly PostedPeriod[]): string {
  const rows = periods.map((one) => [
    one.period,
    String(one.lines),
    String(one.outcomes),
    pounds(one.paymentsMinor),
    String(one.trueUps),
    pounds(one.trueUpsMinor),
    pounds(one.totalMinor),
  ]);
  const count = (of: (one: PostedPeriod) => number) =>
    String(periods.reduce((total, one) => total + of(one), 0));
  const total = [
    'Total',
    count((one) => one.lines),
    count((one) => one.outcomes),
    pounds(sum(periods, (one) => one.paymentsMinor)),
    count((one) => one.trueUps),
    pounds(sum(periods, (one) => one.trueUpsMinor)),
    pounds(sum(periods, (one) => one.totalMinor)),
  ];
  const head = ['Period', 'Lines', 'Outcomes', 'Payments', 'True-ups', 'Amount', 'Total'];
  return table(head, [...rows, total], [1, 2, 3, 4, 5, 6]);
}

interface Check {
  readonly what: string;
  readonly computed: string;
  readonly expected: string;
  readonly agrees: boolean;
}

const check = (what: string, computedMinor: bigint, expected: string): Check => ({
  what,
  computed: pounds(computedMinor),
  expected: formatMoney(parseMoney(expected, 'GBP')),
  agrees: formatAmount(money(computedMinor, 'GBP')) === expected,
});

function checkTotals(periods: readonly PostedPeriod[], expected: ExpectedTotal): Check[] {
  const of = (id: string) => periods.filter(({ period }) => period === id);
  const byPeriod = Object.entries(expected.periods ?? {})
    .map(([period, amount]) =>
      check(
        period,
        sum(of(period), (one) => one.totalMinor),
        amount,
      ),
    )
    .filter(({ agrees }) => !agrees);
  const total = sum(periods, (one) => one.totalMinor);
  return [...byPeriod, check(`Total (${expected.reckoned})`, total, expected.total)];
}

const checkIndependent = (periods: readonly PostedPeriod[], total: string): Check =>
  check(
    `Engine against hand-written SQL (examples/contracts/${LONELINESS.code}/check.sql)`,
    sum(periods, (one) => one.totalMinor),
    total,
  );

const inWords = ({ what, computed, expected, agrees }: Check): string =>
  agrees
    ? `  agrees: ${computed} = ${expected}  ${what}`
    : `  DIFFERS: ${computed} computed, ${expected} expected  ${what}\n` +
      '           If somebody has worked on the record since, this is no fault: delete .local to begin again.';

/** A payment and the true-up of another, each explained down to the scores. */
export async function reportLines({ get }: Application, keys: DemoKeys): Promise<string> {
  const { code, people } = LONELINESS;
  const actor = keys.actorOf(people.commissioner.email);
  const references = await get(TransactionRunner).readOnly(actor, (tx) =>
    linesWorthExplaining(tx, code),
  );
  const explained = [];
  for (const reference of references)
    explained.push(explanationInWords(await get(PaymentLinesService).explain(actor, reference)));
  return ['\nTwo lines, explained', ...explained].join('\n\n');
}

/** Whether every audit trail is as it was written. */
export async function reportAudit({ get }: Application): Promise<Report> {
  const { trails, log } = await verifyEverything(get);
  const found = [...trails.map(verificationInWords), logInWords(log)];
  return {
    text: ['\nAudit trail', ...found.map((one) => `  ${one}`)].join('\n'),
    agrees: log.firstBad === null && trails.every(({ firstBad }) => firstBad === null),
    data: {
      trails: trails.map(({ name, good, firstBad }) => ({
        name,
        entries: good,
        verified: firstBad === null,
      })),
    },
  };
}

/** What the statement of the claimed period shows to investors, and why that is less than was approved of the claim. */
export function reportIssue(issue: IssueReceipt, claim: ClaimView): string {
  const { number, contract, period, released } = issue;
  const shown = parseMoney(issue.amount, 'GBP').minor;
  const approved = claim.byState
    .filter(({ state }) => state === 'approved')
    .reduce((total, { amount }) => total + parseMoney(amount, 'GBP').minor, 0n);
  return [
    `Statement ${number} of ${contract} for ${period}, as investors read it: ${released} line${released === 1 ? '' : 's'} released, ${pounds(shown)}`,
    ...(approved > shown
      ? [
          `  the other ${pounds(approved - shown)} approved are about fewer than ${FEWEST} people: held back, and carried forward into a later statement`,
        ]
      : []),
  ].join('\n');
}

/** What became of the claim that the demo submits and decides. */
export function reportClaim(claim: ClaimView): string {
  const states = claim.byState.map(
    ({ state, lines, amount }) => `${state} ${lines} lines, ${amount}`,
  );
  const payers = claim.payers.map(({ name, approved }) => `${name} ${approved}`);
  return [
    `\nClaim ${claim.number} of ${claim.contract} for ${claim.computation.period}: ${claim.total.lines} lines, ${claim.total.amount} ${claim.currency}`,
    `  ${states.join('; ')}`,
    `  approved, by payer: ${payers.join('; ')}`,
  ].join('\n');
}
