import { Matches } from 'class-validator';

const SIZE = /^[1-9][0-9]{0,15}$/;

/** Between which two sizes of the log. */
export class ConsistencyQuery {
  /** How many leaves the log had. */
  @Matches(SIZE, { message: 'from must be a size of the log, from 1 up' })
  from: string;

  /** How many it has in the later checkpoint. */
  @Matches(SIZE, { message: 'to must be a size of the log, from 1 up' })
  to: string;
}

/** That the log of one size begins with all leaves of another (RFC 6962 section 2.1.2). */
export class ConsistencyView {
  from: string;
  to: string;
  /** Base64 of 32 bytes each. */
  hashes: string[];
}

/** That an entry is in the log (RFC 6962 section 2.1.1). */
export class EntryProofView {
  seq: string;
  /** The text whose hash is the leaf; its commitment is SHA-256 over salt and body. */
  leaf: string;
  /** 64 hexadecimal digits. */
  salt: string;
  body: string;
  /** Where the leaf stands in the log, from 0. */
  index: string;
  hashes: string[];
  /** The signed checkpoint that the proof leads to. */
  checkpoint: string;
  /** Whether the witnesses that this service asks for have cosigned it. */
  witnessed: boolean;
}
