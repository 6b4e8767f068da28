import {
  CONTRACT_STATES,
  type ContractAct,
  type ContractState,
} from '../domain/contract-terms/contract-states.js';
import { moveOf } from '../domain/shared/transition-table.js';
import { ContractEnded } from './contracts.errors.js';

/** The state to which an act takes a contract, by the one table of its states. Refuses ContractEnded. */
export function moveContract(from: ContractState, act: ContractAct): ContractState {
  const move = moveOf(CONTRACT_STATES, from, act);
  if (move === null) throw new ContractEnded();
  return move.to;
}
