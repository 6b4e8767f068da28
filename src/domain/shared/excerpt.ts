/** What somebody typed, short enough to stand in the sentence that refuses it. */
export const excerpt = (typed: string, most = 60): string =>
  typed.length <= most ? typed : `${typed.slice(0, most).toWellFormed()}…`;
