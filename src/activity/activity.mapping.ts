import { sentenceOf, type NameOf } from '../domain/activity/sentence.js';
import type { ActivityItem } from './activity-item.js';
import type { ActivityRow } from './activity.repository.js';

/** What is known beside the rows of a page. */
export interface Surroundings {
  readonly codeOf: (stream: string) => string | null;
  readonly nameOf: NameOf;
  /** Entries before this place in the log are witnessed; 0 where none is. */
  readonly witnessedSize: number;
}

export function itemOf(
  row: ActivityRow,
  { codeOf, nameOf, witnessedSize }: Surroundings,
): ActivityItem {
  const { effectiveOn, party } = bodyOf(row);
  return {
    contract: codeOf(row.stream),
    seq: row.seq,
    recordedAt: row.recorded_at.toISOString(),
    effectiveOn: textIn(effectiveOn),
    type: row.type,
    personId: row.person_id,
    person: row.person_id && nameOf(row.person_id),
    duty: row.duty,
    party: textIn(party),
    sentence: sentenceOf({ type: row.type, personId: row.person_id, body: row.body }, nameOf),
    sealed: row.index !== null,
    witnessed: row.index !== null && Number(row.index) < witnessedSize,
    hash: row.hash.toString('hex'),
  };
}

/** Everybody whom rows name: who acted, and to whom it was done. */
export function peopleIn(rows: readonly ActivityRow[]): string[] {
  const named = rows.flatMap((row) => {
    const { personId, sameAs } = payloadOf(row);
    return [row.person_id, personId, sameAs];
  });
  return [...new Set(named.filter(isUuid))];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

type Plain = Readonly<Record<string, unknown>>;

function payloadOf(row: ActivityRow): Plain {
  const { payload } = bodyOf(row);
  return typeof payload === 'object' && payload !== null ? (payload as Plain) : {};
}

/** The body as it can be read; nothing where somebody made it unreadable. */
function bodyOf({ body }: ActivityRow): Plain {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? (read as Plain) : {};
  } catch {
    return {};
  }
}
