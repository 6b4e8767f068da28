/** The parts of a line's public name, "worcestershire-loneliness.3.1042". */
export interface LineReference {
  readonly contract: string;
  readonly computation: number;
  readonly lineNo: number;
}

const SHAPE = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([1-9]\d{0,8})\.([1-9]\d{0,8})$/;

export const formatLineReference = ({ contract, computation, lineNo }: LineReference): string =>
  `${contract}.${computation}.${lineNo}`;

/** Reads a line's public name; null where the text is none. */
export function parseLineReference(text: string): LineReference | null {
  const match = SHAPE.exec(text);
  return match
    ? { contract: match[1]!, computation: Number(match[2]), lineNo: Number(match[3]) }
    : null;
}
