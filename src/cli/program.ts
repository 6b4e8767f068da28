import { Command } from 'commander';
import {
  activityExport,
  activityList,
  activityPerson,
  activityVerify,
} from './activity.commands.js';
import { auditBundle } from './audit-bundle.command.js';
import { auditReplay } from './audit-replay.command.js';
import { auditVerify } from './audit-verify.command.js';
import { command } from './command.js';
import { compute } from './compute.command.js';
import { contractActivate } from './contract-activate.command.js';
import { contractCompute } from './contract-compute.command.js';
import { contractDiff } from './contract-diff.command.js';
import { contractDraft } from './contract-draft.command.js';
import { contractSchema } from './contract-schema.command.js';
import { contractTermSheet } from './contract-term-sheet.command.js';
import { contractTry } from './contract-try.command.js';
import { contractValidate } from './contract-validate.command.js';
import { demo } from './demo.command.js';
import { EXIT_STATUS_HELP } from './exit-status.js';
import { explain } from './explain.command.js';
import { exportLines } from './export-lines.command.js';
import { exportResponses } from './export-responses.command.js';
import { exportStatement } from './export-statement.command.js';
import { issueStatement } from './issue-statement.command.js';
import { importFile } from './import.command.js';
import { instrumentImport } from './instrument-import.command.js';
import { instrumentList } from './instrument-list.command.js';
import { instrumentShow } from './instrument-show.command.js';
import { logCheckpoint, logRotateKey, logSeal } from './log.commands.js';
import { migrate } from './migrate.command.js';
import { personAdd } from './person-add.command.js';
import { privacyErase } from './privacy-erase.command.js';
import { privacyExport } from './privacy-export.command.js';
import { privacyReplayErasures } from './privacy-replay-erasures.command.js';
import { privacyRewrap } from './privacy-rewrap.command.js';
import { privacySweep } from './privacy-sweep.command.js';
import type { Terminal } from './terminal.js';
import { valueCase } from './value-case.command.js';

/** The whole command line. */
export function buildProgram(terminal: Terminal): Command {
  const program = command(new Command('outturn'), terminal)
    .description('Service of record for social impact bonds and other outcomes contracts')
    .option('--key <key>', 'API key of whoever acts (otherwise OUTTURN_API_KEY)')
    .option('--json', 'print results and refusals as JSON', false)
    .addHelpText('after', EXIT_STATUS_HELP);
  const group = (name: string, description: string) =>
    program
      .addCommand(command(new Command(name), terminal).description(description))
      .commands.at(-1)!;

  migrate(program, terminal);
  demo(program, terminal);
  personAdd(group('person', 'add the people who use the service'), terminal);
  const contract = group('contract', 'check, try, draft and activate the terms of a contract');
  for (const add of [
    contractValidate,
    contractCompute,
    contractTry,
    contractTermSheet,
    contractDiff,
    contractSchema,
    contractDraft,
    contractActivate,
  ])
    add(contract, terminal);
  const instrument = group('instrument', 'show and import what scores are measured with');
  for (const add of [instrumentList, instrumentShow, instrumentImport]) add(instrument, terminal);
  importFile(program, terminal);
  compute(program, terminal);
  issueStatement(program, terminal);
  explain(program, terminal);
  valueCase(program, terminal);
  const audit = group(
    'audit',
    'check that nothing recorded was altered, and take proof of it away',
  );
  for (const add of [auditVerify, auditReplay, auditBundle]) add(audit, terminal);
  const activity = group('activity', 'read what was done, in plain sentences, and verify a record');
  for (const add of [activityList, activityPerson, activityVerify, activityExport])
    add(activity, terminal);
  const privacy = group('privacy', 'export, erase and protect what is held about participants');
  for (const add of [
    privacyExport,
    privacyErase,
    privacySweep,
    privacyRewrap,
    privacyReplayErasures,
  ])
    add(privacy, terminal);
  const log = group('log', 'seal the audit log, show its checkpoint, replace its key');
  for (const add of [logCheckpoint, logSeal, logRotateKey]) add(log, terminal);
  const exports = group(
    'export',
    'write a statement, payment lines or scores to a file or to the output',
  );
  for (const add of [exportStatement, exportLines, exportResponses]) add(exports, terminal);
  return program;
}
