/** How a sample came about. The follow-up rate is measured over due; those excluded are not due. */
export interface FollowUpCounts {
  readonly due: number;
  readonly measured: number;
  /** Measured, but outside the window and so not counted. */
  readonly late: number;
  readonly missed: number;
  readonly declined: number;
  readonly couldNotCollect: number;
  /** Outside the population that the clause pays for. */
  readonly excluded: number;
}

/** "80 due, 73 measured, 2 late, 3 missed, 1 declined, 1 could not be collected, 4 excluded"; what is nought is left out. */
export const followUpInWords = (counts: FollowUpCounts): string =>
  [
    `${counts.due} due, ${counts.measured} measured`,
    ...[
      [counts.late, 'late'] as const,
      [counts.missed, 'missed'] as const,
      [counts.declined, 'declined'] as const,
      [counts.couldNotCollect, 'could not be collected'] as const,
      [counts.excluded, 'excluded'] as const,
    ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])),
  ].join(', ');
