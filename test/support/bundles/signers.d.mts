export declare class Signer {
  constructor(name: string, type: 1 | 4, seed?: string);
  readonly name: string;
  readonly vkey: string;
  line(text: string, time?: number): string;
}
export declare const ORIGIN: string;
export declare const LOG: Signer;
export declare const INVESTOR: Signer;
export declare const COMMISSIONER: Signer;
export declare const STRANGER: Signer;
export declare const POLICY: string;
export declare const bodyOf: (
  origin: string,
  size: number | bigint | string,
  root: string,
) => string;
export declare const noteOf: (body: string, ...lines: string[]) => string;
