import type { RefusalKind } from '../domain/shared/domain-error.js';

/** What the command tells the shell when it ends. */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  unavailable: 3,
  checkFailed: 4,
} as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** The statuses as every --help shows them. */
export const EXIT_STATUS_HELP = `
Exit status:
  0  done
  1  refused: the act breaks a rule, and nothing was changed
  2  usage: the command line cannot be understood
  3  not available: the database or another service cannot be reached, or something unexpected failed
  4  a check failed: the audit trail, or an expected total, does not agree
`;

const STATUS_OF_KIND: Readonly<Record<RefusalKind, ExitStatus>> = {
  invalid: EXIT.refused,
  'not-signed-in': EXIT.refused,
  forbidden: EXIT.refused,
  'not-found': EXIT.refused,
  conflict: EXIT.refused,
  stale: EXIT.refused,
  'precondition-missing': EXIT.refused,
  'too-large': EXIT.refused,
  'too-many': EXIT.unavailable,
  unavailable: EXIT.unavailable,
};

export const exitStatusOf = (kind: RefusalKind): ExitStatus => STATUS_OF_KIND[kind];
