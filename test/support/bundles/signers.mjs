// Keys of a log and of witnesses, and the notes that they sign (C2SP signed-note, tlog-cosignature, tlog-policy).
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export class Signer {
  /** @param {1 | 4} type 1 for a log, 4 for a witness */
  constructor(name, type, seed = name) {
    this.name = name;
    this.type = type;
    const raw = createHash('sha256').update(seed).digest();
    this.private = createPrivateKey({
      key: Buffer.concat([PKCS8, raw]),
      format: 'der',
      type: 'pkcs8',
    });
    const der = createPublicKey(this.private).export({ format: 'der', type: 'spki' });
    const typed = Buffer.concat([Buffer.of(type), der.subarray(-32)]);
    this.id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
    this.vkey = `${name}+${this.id.toString('hex')}+${typed.toString('base64')}`;
  }

  /** The signature line of a text; `time` is for witnesses. */
  line(text, time = 0) {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const message = this.type === 4 ? `cosignature/v1\ntime ${time}\n${text}` : text;
    const signature = sign(null, Buffer.from(message), this.private);
    const parts = [this.id, ...(this.type === 4 ? [stamp] : []), signature];
    return `\u2014 ${this.name} ${Buffer.concat(parts).toString('base64')}\n`;
  }
}

export const ORIGIN = 'outturn.example/log';
export const LOG = new Signer(ORIGIN, 1);
export const INVESTOR = new Signer('witness.example/investor', 4);
export const COMMISSIONER = new Signer('witness.example/commissioner', 4);
export const STRANGER = new Signer('witness.example/stranger', 4);

export const POLICY = `# both must have cosigned
log ${LOG.vkey}
witness investor ${INVESTOR.vkey}
witness commissioner ${COMMISSIONER.vkey} https://witness.example
group both all investor commissioner
quorum both
`;

export const bodyOf = (origin, size, root) => `${origin}\n${size}\n${root}\n`;
export const noteOf = (body, ...lines) => `${body}\n${lines.join('')}`;
export const receiptOf = (origin, stream, seq, leaf, deadline, log = LOG) => {
  const body = `outturn-receipt/v1\n${origin}\n${stream}\n${seq}\n${leaf}\n${deadline}\n`;
  return noteOf(body, log.line(body));
};
