import { LettersNotConfigured } from './letters.errors.js';
import type { Letters } from './letters.js';

/** Where no way for letters is configured. */
export class NoLetters implements Letters {
  send(): Promise<void> {
    return Promise.reject(new LettersNotConfigured());
  }
}
