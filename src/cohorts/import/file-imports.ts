import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../../contracts/contracts.service.js';
import type { TermsInForce } from '../../domain/contract-terms/terms-in-force.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Permission } from '../../platform/auth/permission.js';
import { FileChanged } from '../../platform/csv/csv.errors.js';
import {
  discard,
  isUnchanged,
  receivePath,
  receiveStream,
  type ReceivedFile,
} from '../../platform/csv/received-file.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../../platform/database/command-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { ImportKind, ImportOutcome, ImportProgress, ImportResult } from './import-result.js';
import { ImportsRepository } from './imports.repository.js';

/** An import under way: one file into one contract, in one transaction. */
export interface OpenImport {
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly contract: OpenContract;
  /** The editions in force, oldest first; there is at least one. */
  readonly terms: readonly TermsInForce[];
  readonly file: ReceivedFile;
  readonly importId: string;
  /** The audit entry that the import will get; every row it records carries it. */
  readonly recordedSeq: bigint;
  readonly onProgress: ImportProgress;
}

/** What a kind of file needs, and what is done with its rows. */
export interface FileImport {
  readonly kind: ImportKind;
  readonly permission: Permission;
  record(open: OpenImport): Promise<ImportOutcome>;
}

/** A file that arrives as a stream. */
export interface Upload {
  readonly source: AsyncIterable<Uint8Array>;
  readonly fileName: string;
}

/** Gives the command once the file has been received, because its hash is part of what was asked for. */
export type CommandOfFile = (fileSha256: string) => Command;

const untold: ImportProgress = () => undefined;

/** Takes files in, whatever their kind: all of a file is recorded, with one audit entry, or nothing is. */
@Injectable()
export class FileImports {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly repository: ImportsRepository,
  ) {}

  /**
   * Imports an upload. Whoever may not import is refused before the file is received. Refuses what receiveStream does,
   * and FileRefused with every fault of its rows.
   */
  async fromStream(
    actor: Actor,
    commandOf: CommandOfFile,
    code: string,
    upload: Upload,
    work: FileImport,
  ): Promise<Performed<ImportResult>> {
    await this.transactions.readOnly(actor, async (tx) => {
      const { id } = await this.contracts.open(tx, actor, code, work.permission);
      await this.contracts.activeTerms(tx, id); // refuses a contract without terms in force
    });
    const { source, fileName } = upload;
    const file = await receiveStream(source, fileName);
    try {
      return await this.import(commandOf(file.sha256.toString('hex')), code, file, work, untold);
    } finally {
      await discard(file);
    }
  }

  /** Imports a file that lies on this machine, where it lies, telling how far it has got. */
  async fromPath(
    commandOf: CommandOfFile,
    code: string,
    path: string,
    work: FileImport,
    onProgress: ImportProgress = untold,
  ): Promise<Performed<ImportResult>> {
    const file = await receivePath(path);
    return this.import(commandOf(file.sha256.toString('hex')), code, file, work, onProgress);
  }

  private async import(
    command: Command,
    code: string,
    file: ReceivedFile,
    work: FileImport,
    onProgress: ImportProgress,
  ): Promise<Performed<ImportResult>> {
    let before = false;
    const performed = await this.commands.perform(command, async (tx) => {
      const { actor } = command;
      const contract = await this.contracts.open(tx, actor, code, work.permission);
      // two uploads at once take turns here, so that the second sees what the first recorded, and the terms stand still
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const terms = await this.contracts.activeTerms(tx, contract.id);
      const first = await this.repository.ofFile(tx, contract.id, work.kind, file.sha256);
      if (first !== null) {
        before = true;
        return first;
      }
      const importId = randomUUID();
      const open = { tx, actor, contract, terms, file, importId, recordedSeq, onProgress };
      const outcome = await work.record(open);
      if (!(await isUnchanged(file))) throw new FileChanged(file.path);
      return this.conclude(open, work.kind, outcome);
    });
    return { result: performed.result, replayed: performed.replayed || before };
  }

  private async conclude(
    { tx, actor, contract, file, importId, recordedSeq }: OpenImport,
    kind: ImportKind,
    { committed, recordedHash, ...counts }: ImportOutcome,
  ): Promise<ImportResult> {
    const { id: contractId, standing } = contract;
    const fileSha256 = file.sha256.toString('hex');
    const result = {
      importId,
      kind,
      fileName: file.name,
      fileSha256,
      ...counts,
      recordedSeq: String(recordedSeq),
    };
    const kept = { fileBytes: file.bytes, importedBy: actor.personId, committed };
    await this.repository.insert(tx, contractId, result, kept);
    await this.audit.append(tx, {
      stream: contractId,
      type: `${kind}.imported`,
      actor,
      duty: standing?.role ?? 'administrator',
      party: standing?.party ?? null,
      payload: {
        importId,
        fileSha256,
        fileBytes: String(file.bytes),
        ...counts,
        ...(committed && { rowsHash: committed.rowsHash }),
        ...(recordedHash !== undefined && { recordedHash }),
      },
    });
    return result;
  }
}
