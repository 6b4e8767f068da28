// A mail server as others run them: it speaks SMTP, with or without TLS, knows one login, and does what a test asks of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from './free-port.js';

const folder = path.resolve(__dirname, 'tls');
/** Vouches for itself: who is to trust it names this file. */
export const MAIL_AUTHORITY = path.join(folder, 'localhost.crt');

const USER = 'outturn';
export const MAIL_PASSWORD = 'a-password-of-the-mail-server';

/** A letter as the server has it, and how it came. */
export interface TakenLetter {
  readonly from: string;
  readonly to: readonly string[];
  readonly isWithinTls: boolean;
  readonly head: Readonly<Record<string, string>>;
  readonly text: string;
}

/** How it answers; each may be changed between two letters. */
export interface Manners {
  /** The reply to a recipient, such as 550; null takes them. */
  recipient: (address: string) => number | null;
  /** After how long the end of a letter is answered. */
  answersAfterMs: number;
  /** After how long whoever connects is greeted. */
  greetsAfterMs: number;
  /** Whether it knows nobody. */
  refusesLogins: boolean;
}

const GOOD: Manners = {
  recipient: () => null,
  answersAfterMs: 0,
  greetsAfterMs: 0,
  refusesLogins: false,
};

export class TestMailServer {
  readonly taken: TakenLetter[] = [];
  readonly manners: Manners = { ...GOOD };
  /** How often somebody connected, logged in, or named a recipient. */
  readonly told = { connections: 0, logins: 0, recipients: 0 };
  port = 0;
  private server: SMTPServer | null = null;

  /** `tls` from the first byte, `starttls` on demand, or `none` at all. */
  constructor(private readonly security: 'tls' | 'starttls' | 'none') {}

  /** Answers as it should from now on. */
  behave(): void {
    Object.assign(this.manners, GOOD);
  }

  get url(): string {
    const scheme = this.security === 'tls' ? 'smtps' : 'smtp';
    return `${scheme}://${USER}:${MAIL_PASSWORD}@localhost:${this.port}`;
  }

  /** Starts, again at the same port. */
  async start(): Promise<this> {
    const server = new SMTPServer(this.options());
    this.port ||= await freePort();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, 'localhost', resolve);
    });
    server.on('error', () => undefined); // a client that breaks off is what some tests are about
    this.server = server;
    return this;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  to(address: string): TakenLetter[] {
    return this.taken.filter(({ to }) => to.includes(address));
  }

  private options(): SMTPServerOptions {
    const isPlain = this.security === 'none';
    return {
      secure: this.security === 'tls',
      disabledCommands: isPlain ? ['STARTTLS'] : [],
      allowInsecureAuth: isPlain,
      ...(isPlain
        ? {}
        : {
            cert: readFileSync(MAIL_AUTHORITY),
            key: readFileSync(path.join(folder, 'localhost.key')),
          }),
      closeTimeout: 50,
      onConnect: (_, done) => {
        this.told.connections += 1;
        setTimeout(done, this.manners.greetsAfterMs).unref();
      },
      onAuth: ({ username, password }, _, done) => {
        this.told.logins += 1;
        const isRight =
          !this.manners.refusesLogins && username === USER && password === MAIL_PASSWORD;
        done(isRight ? null : new Error('who is that'), { user: username });
      },
      onRcptTo: ({ address }, _, done) => {
        this.told.recipients += 1;
        const reply = this.manners.recipient(address);
        // as servers do, it repeats the address
        const refusal = Object.assign(new Error(`<${address}> will not do`), {
          responseCode: reply,
        });
        done(reply === null ? null : refusal);
      },
      onData: (stream, { envelope, secure }, done) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          const [head, body] = splitOnce(Buffer.concat(pieces).toString('latin1'), '\r\n\r\n');
          this.taken.push({
            from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
            to: envelope.rcptTo.map(({ address }) => address),
            isWithinTls: secure === true,
            head: Object.fromEntries(head.split('\r\n').map((line) => splitOnce(line, ': '))),
            text: Buffer.from(body, 'base64').toString('utf8'),
          });
          setTimeout(done, this.manners.answersAfterMs).unref();
        });
      },
    };
  }
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}
