import { DomainError } from '../domain/shared/domain-error.js';
import { EXIT, type ExitStatus } from './exit-status.js';

/** Thrown when a command needs to know who acts, and no key was given. */
export class KeyMissing extends DomainError {
  constructor() {
    super({
      code: 'KEY_MISSING',
      kind: 'not-signed-in',
      detail:
        'Say who is acting: set OUTTURN_API_KEY, or give --key. The demo prints the keys of its people.',
    });
  }
}

/** Thrown when a bundle is asked about nothing, about two things, or about what cannot be a number. */
export class BundleSubjectUnclear extends DomainError {
  constructor() {
    super({
      code: 'BUNDLE_SUBJECT_UNCLEAR',
      kind: 'invalid',
      detail:
        'Say what the bundle is to prove, by exactly one of --claim NUMBER, --statement PERIOD, --line REFERENCE, --participant REFERENCE, --entry NUMBER and --contract.',
    });
  }
}

/** Thrown when a replay is asked about two things, or about what cannot be a claim or a statement. */
export class ReplaySubjectUnclear extends DomainError {
  constructor() {
    super({
      code: 'REPLAY_SUBJECT_UNCLEAR',
      kind: 'invalid',
      detail:
        'Say at most one of --claim NUMBER and --statement PERIOD/NUMBER (such as 2016-Q2/1); without either, everything is rebuilt.',
    });
  }
}

/** Thrown when a file that was named on the command line cannot be read. */
export class FileNotReadable extends DomainError {
  constructor(file: string, why: string) {
    super({
      code: 'FILE_NOT_READABLE',
      kind: 'invalid',
      detail:
        why === 'EISDIR'
          ? `"${file}" is a folder. Name a file in it.`
          : `"${file}" cannot be read (${why}). Check its name and that you may open it.`,
    });
  }
}

/** Thrown when a file that a command should write, such as an export or a key, cannot be written. */
export class FileNotWritable extends DomainError {
  constructor(file: string, why: string) {
    super({
      code: 'FILE_NOT_WRITABLE',
      kind: 'invalid',
      detail: `"${file}" cannot be written (${why}). Check that its folder is there and that you may write in it.`,
    });
  }
}

/** Thrown when the log has declared its new key, and the file of the old one cannot be replaced, such as one that is mounted. */
export class NewKeyNotInPlace extends DomainError {
  constructor(vkey: string, next: string, file: string) {
    super({
      code: 'NEW_KEY_NOT_IN_PLACE',
      kind: 'unavailable',
      detail: `The audit log signs with ${vkey} from now on, and that key is in "${next}": put it in the place of "${file}", which this command cannot replace, and start the service again. Until then nothing is sealed.`,
    });
  }
}

/** Thrown when a contract has no period of the name given. */
export class PeriodNotComputed extends DomainError {
  constructor(contract: string, period: string) {
    super({
      code: 'PERIOD_NOT_COMPUTED',
      kind: 'not-found',
      detail: `${contract} has no computation of a period "${period}". "outturn compute" lists the periods of a contract.`,
    });
  }
}

/** Thrown when the heading of a file is that of no kind that is imported. */
export class FileKindUnknown extends DomainError {
  constructor(file: string) {
    super({
      code: 'FILE_KIND_UNKNOWN',
      kind: 'invalid',
      detail: `"${file}" is neither a file of participants (its heading has "cohort") nor of measurements (its heading has "metric"), of figures ("numerator" and "denominator") or of effects ("signed_on"). Correct the heading, or say which with "import participants" and so on.`,
    });
  }
}

/** Thrown when a file has another digest than was expected, as one that a pipe brought in part. */
export class FileNotExpected extends DomainError {
  constructor(expected: string, found: string) {
    super({
      code: 'FILE_NOT_EXPECTED',
      kind: 'invalid',
      detail: `The file that came has the SHA-256 ${found}, and --sha256 says ${expected}. Nothing was recorded: send the whole file again, or correct the option.`,
    });
  }
}

/** Thrown when a file is not what it was said to be. */
export class FileNotOfFormat extends DomainError {
  constructor(file: string, format: string) {
    super({
      code: 'FILE_NOT_OF_FORMAT',
      kind: 'invalid',
      detail: `"${file}" cannot be read as ${format}. Check that it is the right file and was saved whole.`,
    });
  }
}

/** Thrown when no built-in instrument has the id given. */
export class InstrumentUnknown extends DomainError {
  constructor(id: string, known: readonly string[]) {
    super({
      code: 'INSTRUMENT_UNKNOWN',
      kind: 'not-found',
      detail: `There is no built-in instrument "${id}". There are: ${known.join(', ')}.`,
    });
  }
}

/** The command line contradicts itself in a way that commander cannot see. */
export class UsageError extends Error {}

/** A check did its work and found a disagreement; what was found has been printed already. */
export class CheckFailed extends Error {
  readonly status: ExitStatus = EXIT.checkFailed;
}
