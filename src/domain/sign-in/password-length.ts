/** The fewest characters a password may have; 15 are advised where it is typed. */
export const PASSWORD_MIN = 8;
/** The most: enough for any phrase, and few enough that nobody makes the service hash a book. */
export const PASSWORD_MAX = 128;

/**
 * The password as it is hashed: composed Unicode (NFC), so that "é" typed on one system is "é" typed on another. Nothing
 * is cut off and no case is changed.
 */
export const asHashed = (password: string): string => password.normalize('NFC');

/** What is wrong with the length, counted in characters as a person counts them; null when nothing is. */
export function lengthFault(password: string): 'too-short' | 'too-long' | null {
  const { length } = [...asHashed(password)];
  if (length < PASSWORD_MIN) return 'too-short';
  return length > PASSWORD_MAX ? 'too-long' : null;
}
