import type { StatementSummary } from '../../statements/statement-document.js';

/** A list of statements, each with where it is. */
export interface StatementList {
  readonly items: readonly (StatementSummary & { readonly links: { readonly self: string } })[];
}

export const presentSummary = (summary: StatementSummary): StatementList['items'][number] => ({
  ...summary,
  links: { self: `/v1/contracts/${summary.contract}/statements/${summary.period}` },
});
