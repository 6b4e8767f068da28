// Asks the registry for known faults of what production uses. Fails on a finding that is high or worse; says so, and does
// not fail, when the registry has nobody to ask. Whatever else goes wrong fails: it must not pass for "no finding".
import { spawnSync } from 'node:child_process';
import { readAudit } from './read-audit.mjs';

const { stdout, stderr } = spawnSync(
  'npm',
  ['audit', '--omit', 'dev', '--audit-level', 'high', '--json'],
  { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
const { verdict, sentence } = readAudit(stdout, stderr);
console.log(sentence);
process.exitCode = verdict === 'findings' || verdict === 'unreadable' ? 1 : 0;
