import type { DomainError, Fault } from './domain-error.js';

/** A kind of document that people write in YAML or JSON, and the words in which a faulty one is refused. */
export interface DocumentKind {
  /** What the document is as a whole: "terms", "value case". */
  readonly whole: string;
  /** What one entry of it is: "term", "part". Fault codes begin with it. */
  readonly part: string;
  /** Begins the codes of faults of the whole: "TERMS". */
  readonly code: string;
  /** What stands under "format". */
  readonly format: string;
  readonly refuse: (faults: readonly Fault[]) => DomainError;
}

export const tooDeep = ({ code }: DocumentKind): Fault => ({
  at: '',
  code: `${code}_TOO_DEEP`,
  detail: 'The document is nested too deeply. Write its parts side by side.',
});
