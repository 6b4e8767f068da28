import type { ActivityItem } from '../../activity/activity-item.js';
import type { RecordCheck } from '../../activity/record-check.service.js';
import { dateInWords } from '../../domain/calendar/date-in-words.js';
import { view, type PageModel } from '../frame/answer.js';
import { roleName } from '../frame/roles.js';
import { paths, pathTo, withQuery } from '../paths.js';
import { provedOf, type Proved } from './activity.presenter.js';

interface RecordPage extends PageModel {
  readonly code: string;
  readonly back: string;
  readonly sentence: string;
  readonly recordedAt: Date;
  readonly effectiveOn: string | null;
  readonly who: string;
  readonly duty: string;
  readonly party: string | null;
  readonly type: string;
  readonly hash: string;
  readonly proved: Proved;
  readonly check: RecordCheck;
  readonly isAltered: boolean;
  /** Where the bundle is; null while there is nothing to prove it with. */
  readonly proof: string | null;
  /** The name of the file, for the command that checks it. */
  readonly file: string;
  /** Everything that whoever did this did on the contract; null where the service itself acted. */
  readonly ofPerson: string | null;
}

export const RECORD = view<RecordPage>('activity/record.njk');

export function recordPage(
  code: string,
  item: ActivityItem,
  check: RecordCheck,
  file: string,
): RecordPage {
  const activity = pathTo(paths.activity, { code });
  return {
    title: `Entry ${item.seq}`,
    code,
    back: activity,
    sentence: item.sentence,
    recordedAt: new Date(item.recordedAt),
    effectiveOn: item.effectiveOn && dateInWords(item.effectiveOn),
    who: item.personId === null ? 'The service' : (item.person ?? `Person ${item.personId}`),
    duty: capital(roleName(item.duty)),
    party: item.party,
    type: item.type,
    hash: item.hash,
    proved: provedOf(item),
    check,
    isAltered: check.standing === 'altered',
    proof: check.checkpointSize && pathTo(paths.recordProof, { code, seq: item.seq }),
    file,
    ofPerson: item.personId && withQuery(activity, { person: item.personId }),
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
