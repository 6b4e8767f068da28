/** How a score may be taken: alone, with help, by telephone, or by somebody else in the participant's place. */
export const MODES = ['self', 'assisted', 'telephone', 'proxy'] as const;
export type Mode = (typeof MODES)[number];
