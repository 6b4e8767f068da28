/** The longest address that e-mail allows (RFC 5321). */
const EMAIL_MAX = 254;

/**
 * An e-mail address as accounts are found by it. Whatever nobody can have becomes the empty address, which is nobody's, so
 * that it takes the same way and the same time as one that is merely unknown.
 */
export function asEmail(text: string): string {
  const email = text.trim().toLowerCase();
  return email.length > EMAIL_MAX || email.includes('\u0000') ? '' : email;
}

/** What follows the @. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
