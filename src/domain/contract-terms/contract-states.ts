import type { StateMachine } from '../shared/transition-table.js';

export type ContractState = 'draft' | 'active' | 'ended';
export type ContractAct = 'replace the draft' | 'consent' | 'consent as the second side' | 'amend';

const BOTH_SIDES = ['provider', 'commissioner'];

/**
 * Where a contract can go from each state. Terms in force are never taken back: an amendment is a draft beside them, and
 * its second consent puts the new edition in force from its own date.
 */
export const CONTRACT_STATES: StateMachine<ContractState, ContractAct> = {
  of: 'contract',
  starts: 'draft',
  means: {
    draft: 'its terms are being written; nothing can be recorded or paid under them',
    active: 'a provider and a commissioner have consented to the same terms, and they are in force',
    ended:
      'closed for good; nothing leads here yet, because a contract is paid out after its last day',
  },
  moves: {
    draft: {
      'replace the draft': {
        to: 'draft',
        audit: 'terms.draft-replaced',
        by: ['commissioner', 'administrator'],
      },
      consent: { to: 'draft', audit: 'terms.consented', by: BOTH_SIDES },
      'consent as the second side': { to: 'active', audit: 'terms.activated', by: BOTH_SIDES },
    },
    active: {
      amend: { to: 'active', audit: 'terms.amendment-drafted', by: ['commissioner'] },
      'replace the draft': {
        to: 'active',
        audit: 'terms.draft-replaced',
        by: ['commissioner', 'administrator'],
      },
      consent: { to: 'active', audit: 'terms.consented', by: BOTH_SIDES },
      'consent as the second side': { to: 'active', audit: 'terms.activated', by: BOTH_SIDES },
    },
    ended: {},
  },
};
