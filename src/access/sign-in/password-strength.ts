import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { lengthFault } from '../../domain/sign-in/password-length.js';
import {
  isPersonal,
  ownWords,
  type PasswordOwner,
} from '../../domain/sign-in/personal-password.js';
import type { PasswordFault } from './sign-in.errors.js';

/** From 0 to 4; 3 is at least a hundred million guesses. */
const SCORE_MIN = 3;

let checker: ZxcvbnFactory | null = null;

/** Made when the first password is checked: its ranked lists take ten megabytes, and most processes never check one. */
const strengthChecker = (): ZxcvbnFactory =>
  (checker ??= new ZxcvbnFactory({
    // the most used passwords of public breaches, words of passphrase lists, and the rows of keyboards
    dictionary: { ...dictionary },
    graphs: adjacencyGraphs,
  }));

/**
 * Why a password cannot be taken; null when it can. There are no rules of composition: what counts is how many guesses it
 * withstands from somebody who knows the passwords of public breaches and the person's own name and address.
 */
export function passwordFault(password: string, owner: PasswordOwner): PasswordFault | null {
  const length = lengthFault(password);
  if (length !== null) return length;
  if (isPersonal(password, owner)) return 'too-personal';
  return strengthChecker().check(password, [...ownWords(owner)]).score < SCORE_MIN
    ? 'too-common'
    : null;
}
