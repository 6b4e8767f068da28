import { PasskeyRefused } from '../../access/sign-in/sign-in.errors.js';

/** The browser's answer, as the script put it into the form; whether it proves anything, the service decides. */
export function passkeyAnswerOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PasskeyRefused();
  }
}
