import { movesOf } from '../shared/transition-table.js';
import { CONTRACT_STATES } from './contract-states.js';

describe('a contract', () => {
  it('begins as a draft', () => expect(CONTRACT_STATES.starts).toBe('draft'));

  it('moves only so, by those who may, and is audited for each move', () =>
    expect(
      movesOf(CONTRACT_STATES).map(({ from, act, move: { to, by, audit } }) =>
        [from, act, to, by.join(' or '), audit].join(' | '),
      ),
    ).toEqual([
      'draft | replace the draft | draft | commissioner or administrator | terms.draft-replaced',
      'draft | consent | draft | provider or commissioner | terms.consented',
      'draft | consent as the second side | active | provider or commissioner | terms.activated',
      'active | amend | active | commissioner | terms.amendment-drafted',
      'active | replace the draft | active | commissioner or administrator | terms.draft-replaced',
      'active | consent | active | provider or commissioner | terms.consented',
      'active | consent as the second side | active | provider or commissioner | terms.activated',
    ]));

  it('says what each state means', () =>
    expect(Object.values(CONTRACT_STATES.means).every((meaning) => meaning.length > 20)).toBe(
      true,
    ));
});
