import { dictionary } from '@zxcvbn-ts/language-common';
import { passwordFault } from '../../src/access/sign-in/password-strength.js';
import { PASSWORD_MIN } from '../../src/domain/sign-in/password-length.js';

export const ANN = { email: 'ann.archer@charity.example', name: 'Ann Archer' };

export const isTaken = (password: string): boolean => passwordFault(password, ANN) === null;

/** Of the shipped list of breached passwords that are long enough, each so manieth; of its first 1,000, in capitals. */
export function breachedPasswords(each: number): { breached: string[]; inCapitals: string[] } {
  const all = dictionary['passwords-common'].filter(({ length }) => length >= PASSWORD_MIN);
  const some = (of: readonly string[]) => of.filter((_, at) => at % each === 0);
  return {
    breached: some(all),
    inCapitals: some(all.slice(0, 1_000)).map((password) => password.toUpperCase()),
  };
}
