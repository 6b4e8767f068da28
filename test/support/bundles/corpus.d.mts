import type { Asked } from './batch.mjs';

export interface Bundle extends Asked {
  readonly name: string;
  /** null where the command cannot be used. */
  readonly expected: string | null;
}

export interface World extends Bundle {
  readonly expected: string;
  readonly lines: readonly Record<string, unknown>[];
  readonly checkpoint: { readonly size: number; readonly root: string; readonly body: string };
}

export declare const NAMES_OF_BAD: readonly string[];
export declare const NAMES_OF_KEPT: readonly string[];
export declare function anHonestWorld(seed: number, isWitnessed?: boolean, rounds?: number): World;
export declare function aLargeWorld(): World;
export declare function aboutSomething(world: World): World;
export declare function spoiled(world: World, name: string): Bundle | null;
