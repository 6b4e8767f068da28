import { parseFraction, type Fraction } from '../money/fraction.js';

/** The exact number that a text is, or null. */
export const number = (text: string): Fraction | null => {
  try {
    return parseFraction(text);
  } catch {
    return null;
  }
};
