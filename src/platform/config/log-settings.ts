import { readFileSync } from 'node:fs';
import { isKeyName, parseVkey } from '../../domain/log/note-key.js';
import { parsePolicy, type LogPolicy } from '../../domain/log/policy.js';
import { RECEIPT_FORMAT } from '../../domain/log/receipt.js';
import { SIGNATURES_MAX } from '../../domain/log/signed-note.js';
import { DomainError } from '../../domain/shared/domain-error.js';

/** The origin of a log that nobody outside this machine relies on. */
export const LOCAL_ORIGIN = 'localhost/outturn';

/** How the audit log is sealed, signed and witnessed. */
export interface LogSettings {
  /** Which log this is, for ever: also the name of its keys. */
  readonly origin: string;
  /** The file of the key that signs (PKCS#8, PEM); null where nothing is sealed. */
  readonly signingKeyFile: string | null;
  /** How often entries are sealed. */
  readonly sealSeconds: number;
  /** Within which time a receipt promises that an entry is in the log. */
  readonly promiseSeconds: number;
  /** Who is asked to cosign checkpoints, and whose cosignatures are enough. */
  readonly witnesses: LogPolicy;
}

/** What the environment says of it. */
export interface LogSources {
  readonly LOG_ORIGIN?: string | undefined;
  readonly LOG_SIGNING_KEY_FILE?: string | undefined;
  readonly LOG_SEAL_SECONDS: number;
  readonly LOG_PROMISE_SECONDS: number;
  readonly LOG_WITNESSES?: string | undefined;
}

const NOBODY: LogPolicy = { logs: [], witnesses: new Map(), quorum: { kind: 'none' } };

/** Reads the settings of the log. Faults name the variable only. */
export function readLogSettings(sources: LogSources): {
  readonly settings: LogSettings;
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const origin = sources.LOG_ORIGIN ?? LOCAL_ORIGIN;
  if (!isKeyName(origin) || origin === RECEIPT_FORMAT)
    faults.push('LOG_ORIGIN must be a name without spaces or plus signs, such as a host and path');
  const { witnesses, fault } = readWitnesses(sources.LOG_WITNESSES);
  if (fault !== null) faults.push(fault);
  return {
    settings: Object.freeze({
      origin,
      signingKeyFile: sources.LOG_SIGNING_KEY_FILE ?? null,
      sealSeconds: sources.LOG_SEAL_SECONDS,
      promiseSeconds: sources.LOG_PROMISE_SECONDS,
      witnesses,
    }),
    faults,
  };
}

/** What a service in production lacks to keep a log that others can rely on. */
export const logFaultsInProduction = ({ origin, signingKeyFile }: LogSettings): string[] => [
  ...(signingKeyFile === null
    ? [
        'LOG_SIGNING_KEY_FILE is not set: make a key with "openssl genpkey -algorithm ed25519 -out FILE" and name its file',
      ]
    : []),
  ...(origin === LOCAL_ORIGIN
    ? ['LOG_ORIGIN is not set: name the log for ever, such as outturn.example.org/log']
    : []),
];

interface Witnesses {
  readonly witnesses: LogPolicy;
  readonly fault: string | null;
}

/** A policy file by its path, or `name=vkey=url` for each witness, and then all of them have to cosign. */
function readWitnesses(text: string | undefined): Witnesses {
  const refuse = (fault: string): Witnesses => ({
    witnesses: NOBODY,
    fault: `LOG_WITNESSES ${fault}`,
  });
  if (text === undefined) return { witnesses: NOBODY, fault: null };
  const policy = text.includes('=') ? policyOfList(text) : contentOf(text.trim());
  if (policy === null)
    return refuse('must be the path of a policy file, or name=vkey=url for each witness');
  try {
    const witnesses = parsePolicy(policy);
    const all = [...witnesses.witnesses.values()];
    if (all.some(({ url }) => url === null || !URL.canParse(url)))
      return refuse('must say the URL of each witness');
    if (all.length >= SIGNATURES_MAX)
      return refuse(`must name fewer than ${SIGNATURES_MAX} witnesses`);
    return { witnesses, fault: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refuse(`cannot be used: ${error.message}`);
  }
}

function policyOfList(text: string): string | null {
  const names: string[] = [];
  const lines: string[] = [];
  for (const item of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const [, name, vkey, url] = /^([^=]+)=([^=]+)=(.+)$/.exec(item) ?? [];
    if (name === undefined || vkey === undefined || !isVkey(vkey)) return null;
    names.push(name);
    lines.push(`witness ${name} ${vkey} ${url}`);
  }
  return `${lines.join('\n')}\ngroup every-witness all ${names.join(' ')}\nquorum every-witness\n`;
}

function isVkey(text: string): boolean {
  try {
    return parseVkey(text).type === 'witness';
  } catch {
    return false;
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
