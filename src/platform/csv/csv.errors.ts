import { DomainError, type Fault } from '../../domain/shared/domain-error.js';

/** One fault of a file, with the place as a spreadsheet shows it: the header is row 1. */
export interface FileFault extends Fault {
  readonly row: number;
  /** The name of the column, or null where the whole row or file is meant. */
  readonly column: string | null;
}

/** Thrown when a file cannot be read as a table at all: its encoding, its size, its first line. Nothing was recorded. */
export class FileUnreadable extends DomainError {
  constructor(code: string, detail: string, row: number | null = null) {
    const fault: FileFault = {
      at: row === null ? 'file' : `row ${row}`,
      row: row ?? 1,
      column: null,
      code,
      detail,
    };
    super({ code, kind: 'invalid', detail: `${detail} Nothing was recorded.`, faults: [fault] });
  }
}

/** Thrown when the disk that uploads are kept on while they are read has no room. */
export class NoRoomForUpload extends DomainError {
  constructor() {
    super({
      code: 'DISK_FULL',
      kind: 'unavailable',
      detail:
        'There is no room on the disk of the service to receive the file. Nothing was recorded; tell whoever runs the service, and send it again later.',
    });
  }
}

/** Thrown when a file on disk was written to while it was being imported. */
export class FileChanged extends DomainError {
  constructor(path: string) {
    super({
      code: 'FILE_CHANGED',
      kind: 'conflict',
      detail: `${path} changed while it was being read. Nothing was recorded; import it again when it is finished.`,
    });
  }
}

/** Thrown when rows of a file break rules. It lists up to a thousand faults and the true number; nothing was recorded. */
export class FileRefused extends DomainError {
  constructor(
    readonly faultCount: number,
    faults: readonly FileFault[],
  ) {
    const shown = faultCount > faults.length ? ` The first ${faults.length} are listed.` : '';
    super({
      code: 'FILE_REFUSED',
      kind: 'invalid',
      detail: `The file has ${faultCount} ${faultCount === 1 ? 'fault' : 'faults'}.${shown} Nothing was recorded: mend the file and import the whole of it again.`,
      faults,
    });
  }
}
