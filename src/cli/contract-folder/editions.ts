import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ActivationRefused } from '../../contracts/contracts.errors.js';
import { civilDate } from '../../domain/calendar/civil-date.js';
import { activationProblems } from '../../domain/contract-terms/activation/activation-problems.js';
import { amendmentProblems } from '../../domain/contract-terms/amendment.js';
import { parseDraft, parseTerms, parseTermsSource } from '../../domain/contract-terms/parse.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import { FileNotReadable } from '../cli.errors.js';
import { readText } from '../read-file.js';

const AMENDMENT = /^amendment-(\d{4}-\d{2}-\d{2})\.ya?ml$/;

/**
 * The editions of a contract folder: terms.yaml, then each amendment-YYYY-MM-DD.yaml, whole documents in force from that
 * day. Every one is checked as activation would. Refuses ActivationRefused with every fault of the first that cannot be
 * brought into force, and FileNotReadable.
 */
export async function readEditions(folder: string): Promise<TermsInForce[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new FileNotReadable(folder, error.code ?? 'unreadable');
  });
  const amendments = names.filter((name) => AMENDMENT.test(name)).sort();
  const versions: TermsInForce[] = [];
  for (const name of ['terms.yaml', ...amendments]) {
    const draft = parseDraft(parseTermsSource(await readText(path.join(folder, name))));
    const from = AMENDMENT.exec(name)?.[1] ?? null;
    const before = versions.at(-1);
    const faults = [
      ...activationProblems(draft),
      ...(before && from ? amendmentProblems(before, draft, from) : []),
    ];
    if (faults.length > 0)
      throw new ActivationRefused(faults.map((one) => ({ ...one, at: `${name} ${one.at}` })));
    const terms = parseTerms(draft);
    versions.push({
      number: versions.length + 1,
      effectiveFrom: from === null ? terms.effective.from : civilDate(from),
      terms,
      recordedSeq: BigInt(versions.length + 1),
    });
  }
  return versions;
}
