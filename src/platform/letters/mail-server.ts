import { createTransport } from 'nodemailer';
import type { NodemailerError } from 'nodemailer/lib/errors';
import type { MailServerSettings } from '../config/letters-settings.js';
import { LetterNotDelivered } from './letters.errors.js';
import type { Message } from './message.js';

/**
 * A mail server, spoken to by SMTP: one connection for each letter, within TLS whose certificate is checked (an authority of
 * your own is named in NODE_EXTRA_CA_CERTS), unless its host may be spoken to in the clear. No answer of it is ever passed
 * on: only the number of its reply.
 */
export class MailServer {
  private readonly transport;

  constructor(
    private readonly settings: MailServerSettings,
    /** How the service calls itself in greeting. */
    name: string,
  ) {
    const { host, port, security, login, seconds } = settings;
    const milliseconds = seconds * 1_000;
    this.transport = createTransport({
      host,
      port,
      name,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { minVersion: 'TLSv1.2' },
      ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
      dnsTimeout: milliseconds,
      connectionTimeout: milliseconds,
      greetingTimeout: milliseconds,
      socketTimeout: milliseconds,
      logger: false,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Resolves when the server has taken the letter over. Refuses LetterNotDelivered, and so does an abort. */
  async deliver(message: Message, signal: AbortSignal): Promise<void> {
    const inTime = AbortSignal.timeout(this.settings.seconds * 1_000);
    try {
      await this.transport.sendMail({ ...message, signal: AbortSignal.any([signal, inTime]) });
    } catch (error) {
      throw notDelivered(error as NodemailerError, inTime.aborted);
    }
  }
}

/**
 * What was answered to the recipient or to the letter itself is about this letter; anything before (the connection, TLS, the
 * login, the sender) would be the same for every letter, and costs none of them.
 */
function notDelivered(error: NodemailerError, isTooLate: boolean): LetterNotDelivered {
  const { code = 'UNKNOWN', responseCode, command, permanent } = error;
  const reason = [isTooLate ? 'ETIMEDOUT' : code, ...(responseCode ? [responseCode] : [])].join(
    ' ',
  );
  const isUnsendable = code === 'EENVELOPE' && command === 'API';
  const isAboutLetter = responseCode !== undefined && (command === 'RCPT TO' || command === 'DATA');
  if (isUnsendable) return new LetterNotDelivered('refused', reason);
  if (!isAboutLetter) return new LetterNotDelivered('away', reason);
  return new LetterNotDelivered(permanent === true ? 'refused' : 'not-now', reason);
}
