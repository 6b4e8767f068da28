/** No advisories are kept at this registry: it knows no such address, or no such method. */
const NOBODY_TO_ASK = new Set([404, 405, 501]);

/** What `npm audit --json` found: `clean`, `findings`, `not-available` or `unreadable`, and a sentence about it. */
export function readAudit(stdout, stderr) {
  const report = parsed(stdout);
  const found = report?.metadata?.vulnerabilities;
  if (found) {
    const serious = (found.high ?? 0) + (found.critical ?? 0);
    if (serious === 0)
      return { verdict: 'clean', sentence: 'Audit: nothing high or critical is known.' };
    const names = Object.values(report.vulnerabilities ?? {})
      .filter(({ severity }) => ['high', 'critical'].includes(severity))
      .map(({ name, severity }) => `${name} (${severity})`);
    return {
      verdict: 'findings',
      sentence: `Audit: ${serious} high or critical: ${names.join(', ')}`,
    };
  }
  const status = statusIn(report, stderr);
  if (NOBODY_TO_ASK.has(status))
    return {
      verdict: 'not-available',
      sentence: `Audit: not available. This registry has no advisories (it answered ${status}); nothing is said about them.`,
    };
  return { verdict: 'unreadable', sentence: `Audit: failed. ${(stderr || stdout).trim()}` };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function statusIn(report, stderr) {
  const status = report?.statusCode ?? report?.error?.statusCode;
  if (typeof status === 'number') return status;
  const said = `${report?.message ?? ''} ${report?.error?.summary ?? ''} ${stderr}`;
  return Number(/\b([45]\d\d) [A-Z]/.exec(said)?.[1] ?? NaN);
}
