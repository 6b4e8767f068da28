import {
  publishedFollowUp,
  type PublishedFollowUp,
} from '../../../src/domain/disclosure/follow-up.js';
import { releasesOf, type Release } from '../../../src/domain/disclosure/release.js';
import { totalOf, type ReleasedTotal } from '../../../src/domain/disclosure/totals.js';
import { cellsOf, STATEMENTS, type World } from './world.js';

/** All that a reader gets of one statement. */
export interface Publication {
  readonly statement: number;
  readonly releases: readonly Release[];
  readonly period: ReleasedTotal;
  readonly toDate: ReleasedTotal;
  readonly followUp: readonly PublishedFollowUp[];
}

/** The statements of a contract as they are issued, one after the other, each resting on those before. */
export function publicationsOf(world: World): Publication[] {
  const cells = cellsOf(world);
  const history: Release[] = [];
  return Array.from({ length: STATEMENTS }, (_, at) => {
    const statement = at + 1;
    const releases = releasesOf({ statement, cells, cohorts: world.cohorts, history });
    history.push(...releases);
    return {
      statement,
      releases,
      period: totalOf(releases),
      toDate: totalOf(history),
      followUp: publishedFollowUp(world.followUp[at]!, world.cohorts),
    };
  });
}
