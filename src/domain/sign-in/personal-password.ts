/** What must be left of a password once its owner's own words are taken out of it. */
const OWN_REST_MIN = 6;
/** Shorter words are in so many others that taking them out would say nothing. */
const WORD_MIN = 3;
const SERVICE_WORDS = ['outturn', 'social', 'impact', 'bond', 'outcomes', 'contract'];

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/** The parts of the name and the address, and the words the service goes by: what somebody who knows the person tries first. */
export function ownWords({ email, name }: PasswordOwner): readonly string[] {
  const words = `${email} ${name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return [...new Set([...words, ...SERVICE_WORDS])].filter(({ length }) => length >= WORD_MIN);
}

/** Whether hardly anything of a password is left without its owner's own words; case and punctuation do not count. */
export function isPersonal(password: string, owner: PasswordOwner): boolean {
  const longestFirst = [...ownWords(owner)].sort((a, b) => b.length - a.length);
  let rest = password.toLowerCase();
  for (const word of longestFirst) rest = rest.replaceAll(word, ' ');
  return (
    rest.replace(/[^\p{L}\p{N}]/gu, '').length < OWN_REST_MIN && rest !== password.toLowerCase()
  );
}
