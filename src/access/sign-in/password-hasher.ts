import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { asHashed, lengthFault } from '../../domain/sign-in/password-length.js';

/** argon2id with 19 MiB and two passes, the first of OWASP's recommended settings. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The hash of a password that nobody knows or keeps: checked against where there is no other, at the same cost. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$5hPGNXyXMaTdOCbLpXg0SA$TEvtvS/WrxiqUdjZpJIQtpjdYVWd+Rh0yLnveWCyHUc';

/** Hashes passwords. */
@Injectable()
export class PasswordHasher {
  /** With a new random salt; the text says how it was made (PHC format). */
  hash(password: string): Promise<string> {
    return hash(asHashed(password), COST);
  }

  /**
   * Whether the password is the hashed one. The work is that of one verification whatever the answer: there is no hash
   * (null), or the password is longer than any can be.
   */
  async verify(known: string | null, password: string): Promise<boolean> {
    const isTooLong = lengthFault(password) === 'too-long';
    const isRight = await verify(known ?? NOBODYS, isTooLong ? '' : asHashed(password));
    return isRight && known !== null && !isTooLong;
  }
}
