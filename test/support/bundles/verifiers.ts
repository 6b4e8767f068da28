import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS, type Answer } from './batch.mjs';

const PROGRAMS = Object.values(COMMANDS);

/** The two verifiers of this repository, run as a stranger would run them, with a policy of their own. */
export class Verifiers {
  private readonly folder = mkdtempSync(join(tmpdir(), 'outturn-bundles-'));

  constructor(policy: string) {
    writeFileSync(join(this.folder, 'policy'), policy);
  }

  /** What both say; they must say the same. */
  ask(bundle: string | Uint8Array, known?: string): Answer {
    writeFileSync(join(this.folder, 'bundle'), bundle);
    if (known !== undefined) writeFileSync(join(this.folder, 'known'), known);
    const more = known === undefined ? [] : ['--known', join(this.folder, 'known')];
    const [one, other] = PROGRAMS.map(([runs, program]): Answer => {
      const { stdout, stderr, status } = spawnSync(
        runs,
        [
          program,
          join(this.folder, 'bundle'),
          '--policy',
          join(this.folder, 'policy'),
          '--json',
          ...more,
        ],
        { encoding: 'utf8' },
      );
      if (stdout === '') throw new Error(`${program} says nothing: ${stderr}`);
      const answer = JSON.parse(stdout) as Answer;
      if (answer.exitStatus !== status) throw new Error(`${program} ends otherwise than it says`);
      return answer;
    });
    const place = ({ verdict, firstBad }: Answer) =>
      `${verdict} ${firstBad?.line} ${firstBad?.seq}`;
    if (place(one!) !== place(other!))
      throw new Error(`the verifiers disagree: ${place(one!)}, ${place(other!)}`);
    return one!;
  }
}
