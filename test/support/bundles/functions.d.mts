export interface InclusionCase {
  readonly index: number;
  readonly size: number;
  readonly root: string;
  readonly leaf: string;
  readonly proof: readonly string[];
}
export interface ConsistencyCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[];
}
export type Case =
  | ['root', { readonly leaves: readonly string[] }]
  | ['inclusion', InclusionCase]
  | ['consistency', ConsistencyCase]
  | ['key', { readonly vkey: string; readonly type: 1 | 4 }];

export declare function askNode(cases: readonly Case[]): unknown[];
export declare function askPython(cases: readonly Case[]): unknown[];
export declare function askWitness(asked: ConsistencyCase): boolean;
