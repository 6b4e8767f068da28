export interface Answer {
  readonly verdict: string | null;
  readonly exitStatus: number;
  readonly firstBad: {
    readonly line: number;
    readonly seq: string | null;
    readonly detail: string;
  } | null;
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
  readonly checkpoint: {
    readonly origin: string;
    readonly size: string;
    readonly root: string;
  } | null;
}

export interface Asked {
  readonly bytes: Buffer;
  readonly known?: string;
  readonly receipt?: string;
}

export declare const COMMANDS: {
  readonly node: [string, string];
  readonly python: [string, string];
};

export declare class BothVerifiers {
  constructor(policyText: string);
  readonly folder: string;
  ask(asked: Asked): Promise<[Answer, Answer]>;
  end(): Promise<void>;
}

export declare const essence: (answer: Answer) => string;
