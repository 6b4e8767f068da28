import addressparser from 'nodemailer/lib/addressparser';
import { isTriedFirst } from './default-passwords.js';
import type { NetworkSettings } from './network-settings.js';

/** A mail server, and how it is spoken to. */
export interface MailServerSettings {
  readonly host: string;
  readonly port: number;
  /**
   * `tls` from the first byte (smtps://); `starttls` before anything else is said, or nothing is (smtp://); `none` only for a
   * host that UNENCRYPTED_HOSTS names. Never "if offered": whoever stands between could say that it is not.
   */
  readonly security: 'tls' | 'starttls' | 'none';
  /** null where the server knows its callers otherwise, such as by their network. */
  readonly login: { readonly user: string; readonly password: string } | null;
  /** How long it may take over one letter. */
  readonly seconds: number;
}

/** Whom letters are from, and where they go: into a folder or to a mail server. */
export interface LettersSettings {
  readonly from: string;
  readonly to:
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'server'; readonly server: MailServerSettings };
}

/** What the environment says of it. */
export interface LettersSources {
  readonly LETTERS_DIR?: string | undefined;
  readonly LETTERS_FROM: string;
  readonly SMTP_URL?: string | undefined;
  readonly SMTP_SECONDS: number;
}

/** A sender that no mail server outside this machine takes a letter from. */
export const LOCAL_SENDER = 'Outturn <outturn@localhost>';

const FORM =
  'SMTP_URL must be smtps://host or smtp://host (which then has to offer STARTTLS), with a user and a password where it asks for them, and nothing after the port';

/** Reads them; null where no letters are sent. Faults name the variable only. */
export function readLettersSettings(
  sources: LettersSources,
  network: NetworkSettings,
): { readonly settings: LettersSettings | null; readonly faults: readonly string[] } {
  const { LETTERS_DIR, LETTERS_FROM: from, SMTP_URL, SMTP_SECONDS } = sources;
  const refuse = (fault: string) => ({ settings: null, faults: [fault] });
  if (LETTERS_DIR !== undefined && SMTP_URL !== undefined)
    return refuse('LETTERS_DIR and SMTP_URL are both set: set one of them');
  if (!isOneAddress(from))
    return refuse('LETTERS_FROM must be one address, such as Outturn <outturn@example.org>');
  const settings = (to: LettersSettings['to']) => ({
    settings: Object.freeze({ from, to: Object.freeze(to) }),
    faults: [],
  });
  if (LETTERS_DIR !== undefined) return settings({ kind: 'folder', folder: LETTERS_DIR });
  if (SMTP_URL === undefined) return { settings: null, faults: [] };
  const server = serverOf(SMTP_URL, network, SMTP_SECONDS);
  return server === null ? refuse(FORM) : settings({ kind: 'server', server });
}

/** Why a service in production could not send letters with these; nothing where it can, or sends none. */
export function lettersFaultsInProduction(letters: LettersSettings | null): string[] {
  if (letters?.to.kind !== 'server') return [];
  const { login } = letters.to.server;
  return [
    ...(letters.from === LOCAL_SENDER
      ? [
          'LETTERS_FROM is not set: name an address that the mail server of SMTP_URL sends for, such as Outturn <outturn@example.org>',
        ]
      : []),
    ...(login !== null && isTriedFirst(login.user, login.password)
      ? ['SMTP_URL has a password that is tried first: have the mail server give you another']
      : []),
  ];
}

function serverOf(
  url: string,
  network: NetworkSettings,
  seconds: number,
): MailServerSettings | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url);
  const isSmtp = protocol === 'smtp:' || protocol === 'smtps:';
  const login = loginOf(username, password);
  if (!isSmtp || hostname === '' || login === undefined) return null;
  if ((pathname !== '' && pathname !== '/') || search !== '' || hash !== '') return null;
  const isWithinTls = protocol === 'smtps:';
  const mayBePlain = network.unencryptedHosts.includes(hostname.toLowerCase());
  return Object.freeze({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isWithinTls ? 465 : 587) : Number(port),
    security: isWithinTls ? 'tls' : mayBePlain ? 'none' : 'starttls',
    login,
    seconds,
  });
}

/** A name without a password, or the other way round, is a slip; undefined says so. */
function loginOf(username: string, password: string): MailServerSettings['login'] | undefined {
  if (username === '' && password === '') return null;
  if (username === '' || password === '') return undefined;
  try {
    return Object.freeze({
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    });
  } catch {
    return undefined;
  }
}

function isOneAddress(text: string): boolean {
  const [found, ...others] = addressparser(text);
  return (
    !/[\u0000-\u001f\u007f]/.test(text) &&
    others.length === 0 &&
    found !== undefined &&
    !('group' in found && found.group) &&
    /^[^\s@]+@[^\s@]+$/.test(found.address ?? '')
  );
}
