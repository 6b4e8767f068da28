export declare function canonical(value: unknown): string;
export declare function bytesOf(lines: readonly unknown[], end?: boolean): Buffer;
