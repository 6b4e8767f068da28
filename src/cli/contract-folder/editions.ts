import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ActivationRefused } from '../../contracts/contracts.errors.js';
import { civilDate } from '../../domain/calendar/civil-date.js';
import { activationProblems } from '../../domain/contract-terms/activation/activation-problems.js';
import { amendmentProblems } from '../../domain/contract-terms/amendment.js';
import { parseDraft, parseTerms, parseTermsSource } from '../../domain/contract-terms/parse.js';
import { TermsRefused } from '../../domain/contract-terms/terms-refused.js';
import type { TermsDraft } from '../../domain/contract-terms/terms.schema.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import { FileNotReadable } from '../cli.errors.js';
import { readText } from '../read-file.js';
import { amendmentDay, refuseMisnamed } from './file-names.js';

/**
 * The editions of a contract folder: terms.yaml, then each amendment-YYYY-MM-DD.yaml, whole documents in force from that
 * day. Every one is checked as activation would. Refuses ActivationRefused with every fault of the first that cannot be
 * brought into force, FileNotReadable, and FileMisnamed where a file would be left unread.
 */
export async function readEditions(folder: string): Promise<TermsInForce[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new FileNotReadable(folder, error.code ?? 'unreadable');
  });
  refuseMisnamed(folder, [...names].sort());
  const amendments = names.filter((name) => amendmentDay(name) !== null).sort();
  const versions: TermsInForce[] = [];
  for (const name of ['terms.yaml', ...amendments]) {
    const file = path.join(folder, name);
    const draft = await readDraft(file);
    const from = amendmentDay(name);
    const before = versions.at(-1);
    const faults = [
      ...activationProblems(draft),
      ...(before && from ? amendmentProblems(before, draft, from) : []),
    ];
    if (faults.length > 0)
      throw new ActivationRefused(faults.map((one) => ({ ...one, at: `${file} ${one.at}` })));
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

/** Terms as far as they have got. Refuses TermsRefused, every fault with the file in front of its place. */
export async function readDraft(file: string): Promise<TermsDraft> {
  const source = await readText(file);
  try {
    return parseDraft(parseTermsSource(source));
  } catch (error) {
    if (!(error instanceof TermsRefused)) throw error;
    throw new TermsRefused(error.faults.map((one) => ({ ...one, at: `${file} ${one.at}` })));
  }
}
