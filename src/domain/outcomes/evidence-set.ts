import { createHash } from 'node:crypto';
import { formatFraction } from '../money/fraction.js';
import { canonical } from '../shared/canonical.js';
import type { Observation, ParticipantFacts } from './participant-facts.js';

const MODULUS = 1n << 256n;

/**
 * What a value about many participants rests on, in one entry however many they are: how many measurement versions, and
 * a commitment to the set of them. The commitment is the sum, modulo 2^256, of the SHA-256 of each version's canonical
 * text (participant, metric, occurrence, version, day, status, value), so that their order does not matter and whoever
 * holds the record can work it out again.
 */
export class EvidenceSet {
  private count = 0;
  private sum = 0n;

  add({ reference }: Pick<ParticipantFacts, 'reference'>, o: Observation): void {
    const text = canonical([
      reference,
      o.metric,
      o.occurrence,
      o.version,
      o.measuredOn,
      o.status,
      o.value === null ? null : formatFraction(o.value),
    ]);
    const hash = createHash('sha256').update(text, 'utf8').digest('hex');
    this.count += 1;
    this.sum = (this.sum + BigInt(`0x${hash}`)) % MODULUS;
  }

  /** "1624 measurement versions, sha256-sum:0a1b..."; nothing where there are none. */
  entries(): readonly string[] {
    if (this.count === 0) return [];
    const versions =
      this.count === 1 ? '1 measurement version' : `${this.count} measurement versions`;
    return [`${versions}, sha256-sum:${this.sum.toString(16).padStart(64, '0')}`];
  }
}
