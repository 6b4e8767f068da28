export declare const leafHash: (leaf: string | Buffer) => Buffer;
export declare const nodeHash: (left: Buffer, right: Buffer) => Buffer;
export declare const hexOf: (text: string | Buffer) => string;

export declare class LeafTree {
  constructor(hashes: readonly Buffer[]);
  readonly size: number;
  root(size?: number): Buffer;
  path(index: number): Buffer[];
  proof(earlier: number, size?: number): Buffer[];
}
