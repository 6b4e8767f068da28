export function readAudit(
  stdout: string,
  stderr: string,
): {
  readonly verdict: 'clean' | 'findings' | 'not-available' | 'unreadable';
  readonly sentence: string;
};
