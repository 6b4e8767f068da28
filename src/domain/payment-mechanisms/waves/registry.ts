import { average } from './average.js';
import { held } from './held.js';
import { increment } from './increment.js';
import { independent } from './independent.js';
import { last } from './last.js';
import type { WaveRule } from './wave-rule.js';

/** Every way of combining waves that terms may name. */
export const WAVE_RULES = {
  independent,
  increment,
  held,
  average,
  last,
} as const satisfies Record<string, WaveRule>;

export type WaveRuleId = keyof typeof WAVE_RULES;
export const WAVE_RULE_IDS = Object.keys(WAVE_RULES) as [WaveRuleId, ...WaveRuleId[]];
