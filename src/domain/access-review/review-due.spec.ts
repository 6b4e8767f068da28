import { civilDate } from '../calendar/civil-date.js';
import { reviewDue } from './review-due.js';

const at = (text: string | null): Date | null => (text === null ? null : new Date(text));
const due = (last: string | null, since: string | null, today: string) =>
  reviewDue({ lastReviewedAt: at(last), accessSince: at(since) }, civilDate(today));

describe('the day by which access is reviewed', () => {
  it.each<[what: string, last: string | null, since: string | null, dueOn: string | null]>([
    ['six months after it was first given', null, '2026-03-02T09:00:00Z', '2026-09-02'],
    [
      'six months after the last review',
      '2026-05-31T09:00:00Z',
      '2026-03-02T09:00:00Z',
      '2026-11-30',
    ],
    ['as London counts days', null, '2026-06-30T23:30:00Z', '2027-01-01'],
    [
      'from new access on, where all the old had ended',
      '2025-01-01T09:00:00Z',
      '2026-03-02T09:00:00Z',
      '2026-09-02',
    ],
    ['none where nobody may do anything', '2025-01-01T09:00:00Z', null, null],
  ])('is %s', (_, last, since, dueOn) => {
    expect(due(last, since, '2026-03-02')).toEqual({ dueOn, isOverdue: false });
  });

  it('is still in time on that day, and overdue on the next', () => {
    const since = '2026-03-02T09:00:00Z';
    expect(due(null, since, '2026-09-02').isOverdue).toBe(false);
    expect(due(null, since, '2026-09-03').isOverdue).toBe(true);
  });
});
