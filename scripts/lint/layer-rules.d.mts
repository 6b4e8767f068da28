import type { Linter } from 'eslint';

/** The architecture as ESLint configuration; each message carries its reason. */
export const layerConfig: Linter.Config[];
