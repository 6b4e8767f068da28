import type { ClaimView } from '../../claims/claim-view.js';

export const claimPath = (code: string, number: number): string =>
  `/v1/contracts/${code}/claims/${number}`;

/** A claim as the API answers it: as it is reviewed, then where its parts are. */
export interface ClaimResource extends ClaimView {
  readonly links: {
    readonly self: string;
    readonly lines: string;
    readonly awaiting: string;
    readonly decisions: string;
  };
}

export function presentClaim(view: ClaimView): ClaimResource {
  const self = claimPath(view.contract, view.number);
  const lines = `${self}/lines`;
  return {
    ...view,
    links: { self, lines, awaiting: `${lines}?state=awaiting`, decisions: `${self}/decisions` },
  };
}
