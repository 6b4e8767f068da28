import { CLAIM_LINES, claimableStates, type ClaimLineState } from './line-states.js';
import { CLAIM_STATES, claimState } from './claim-states.js';
import { checkDecisions, NothingToDecide, type LineDecision } from './decisions.js';
import { DeciderNotIndependent, requireIndependent } from './four-eyes.js';
import { checkSelection, NothingToClaim, type ClaimableLine } from './selection.js';
import type { DomainError } from '../shared/domain-error.js';
import { moveOf, movesOf } from '../shared/transition-table.js';

const codesOf = (work: () => void): readonly string[] => {
  try {
    work();
  } catch (error) {
    return (error as { faults: { code: string }[] }).faults.map(({ code }) => code);
  }
  return [];
};

describe('the states of a claim and its lines', () => {
  it('let an approved line go nowhere, and a returned one be claimed again', () => {
    expect(movesOf(CLAIM_LINES).filter(({ from }) => from === 'approved')).toEqual([]);
    expect(moveOf(CLAIM_LINES, 'returned', 'submit')?.to).toBe('awaiting');
    expect(claimableStates()).toEqual(['unclaimed', 'returned']);
  });

  it('give deciding to commissioners and submitting to providers, each with its audit entry', () => {
    for (const { act, move } of [...movesOf(CLAIM_LINES), ...movesOf(CLAIM_STATES)])
      expect([act, move.by, move.audit]).toEqual(
        act === 'submit'
          ? [act, ['provider'], 'claim.submitted']
          : [act, ['commissioner'], 'claim.decided'],
      );
  });

  it('call a claim decided with its last line', () => {
    expect([claimState(3, 0), claimState(3, 2), claimState(3, 3)]).toEqual([
      'submitted',
      'submitted',
      'decided',
    ]);
  });
});

describe('who may decide', () => {
  it.each([
    [false, false, null],
    [false, true, 'entered-a-score'],
    [true, false, 'submitted-the-claim'],
    [true, true, 'submitted-the-claim'],
  ])(
    'having submitted it: %s, having entered scores: %s',
    (submittedIt, enteredScores, because) => {
      const act = () => requireIndependent({ submittedIt, enteredScores });
      if (because === null) expect(act).not.toThrow();
      else expect(act).toThrow(expect.objectContaining({ because, kind: 'forbidden' }));
    },
  );

  it.each([
    ['submitted-the-claim', 'You submitted this claim, so you cannot decide it.'],
    [
      'entered-a-score',
      'You entered or corrected scores in this contract, so you cannot decide its claims.',
    ],
    // only the database knows which of the two it is
    [null, 'Whoever entered a score in this contract or submitted the claim cannot decide it.'],
  ] as const)('is said with what to do: %s', (because, why) =>
    expect(new DeciderNotIndependent(because)).toMatchObject({
      code: 'DECIDER_NOT_INDEPENDENT',
      message: `${why} Ask another person of the commissioner to decide.`,
    }),
  );
});

describe('decisions of one act', () => {
  const states = new Map<number, ClaimLineState>([
    [1, 'awaiting'],
    [2, 'awaiting'],
    [3, 'approved'],
    [4, 'returned'],
  ]);
  const decision = (lineNo: number, its: Partial<LineDecision> = {}): LineDecision => ({
    lineNo,
    reference: `c.1.${lineNo}`,
    decision: 'approved',
    reason: null,
    ...its,
  });
  const returned = (reason: string | null) => ({ decision: 'returned' as const, reason });

  it.each<[string, LineDecision[], string[]]>([
    ['an approval needs no reason', [decision(1), decision(2, { reason: 'Fine' })], []],
    ['a return needs one', [decision(1, returned('Wrong person'))], []],
    ['none is not one', [decision(1, returned(null))], ['REASON_MISSING']],
    ['a blank is not one', [decision(1, returned(' \n'))], ['REASON_MISSING']],
    ['approved is final', [decision(3, returned('After all'))], ['LINE_DECIDED_ALREADY']],
    ['returned is final in this claim', [decision(4)], ['LINE_DECIDED_ALREADY']],
    ['a line of another claim', [decision(9)], ['LINE_NOT_IN_CLAIM']],
    ['one line twice', [decision(1), decision(1)], ['LINE_TWICE']],
  ])('%s', (_, decisions, faults) => {
    expect(codesOf(() => checkDecisions(decisions, states))).toEqual(faults);
  });
});

describe('a refusal', () => {
  const refusalOf = (work: () => void) => {
    try {
      work();
    } catch (error) {
      const { code, kind, message, faults } = error as DomainError;
      return [code, kind, message, ...faults.map(({ at, detail }) => `${at} ${detail}`)];
    }
    return null;
  };
  const states = new Map<number, ClaimLineState>([
    [1, 'awaiting'],
    [2, 'approved'],
  ]);
  const decide = (...decisions: [number, 'approved' | 'returned'][]) =>
    refusalOf(() =>
      checkDecisions(
        decisions.map(([lineNo, decision]) => ({
          lineNo,
          reference: `c.1.${lineNo}`,
          decision,
          reason: null,
        })),
        states,
      ),
    );
  const NONE =
    'No decision was recorded, because some cannot stand. Correct each fault and send all of them again.';

  it('of decisions is a conflict where the lines are decided already, and names each line', () => {
    expect(decide([1, 'approved'])).toBeNull();
    expect(decide([1, 'approved'], [2, 'approved'])).toEqual([
      'DECISIONS_REFUSED',
      'conflict',
      NONE,
      '/decisions/1 Line c.1.2 is approved already, and a decision is final. Leave it out.',
    ]);
    expect(decide([2, 'approved'], [1, 'returned'], [9, 'approved'], [9, 'approved'])).toEqual([
      'DECISIONS_REFUSED',
      'invalid',
      NONE,
      '/decisions/0 Line c.1.2 is approved already, and a decision is final. Leave it out.',
      '/decisions/1 Say why line c.1.1 is returned, so that the provider can put it right.',
      '/decisions/2 Line c.1.9 is not in this claim. Check its reference.',
      '/decisions/3 Line c.1.9 is decided twice. Keep one decision.',
    ]);
  });

  it('of lines says of each why it cannot be claimed', () => {
    const known = new Map<number, ClaimableLine>([
      [1, { lineNo: 1, amountMinor: 1n, state: 'unclaimed' }],
      [2, { lineNo: 2, amountMinor: 0n, state: 'unclaimed' }],
      [3, { lineNo: 3, amountMinor: 1n, state: 'awaiting' }],
      [4, { lineNo: 4, amountMinor: 1n, state: 'approved' }],
    ]);
    const choose = (...lines: (number | null)[]) =>
      refusalOf(() =>
        checkSelection(
          lines.map((lineNo) => ({ reference: `c.1.${lineNo}`, lineNo })),
          known,
        ),
      );
    expect(choose(1)).toBeNull();
    expect(choose(1, 1, 2, 3, 4, null)).toEqual([
      'LINES_NOT_CLAIMABLE',
      'conflict',
      'No claim was made, because some of these lines cannot be claimed. Leave them out and submit again.',
      '/lines/1 Line c.1.1 is named twice.',
      '/lines/2 Line c.1.2 is a nil line, so there is nothing to pay.',
      '/lines/3 Line c.1.3 is in a claim that is not decided yet.',
      '/lines/4 Line c.1.4 is approved already and cannot be claimed again.',
      '/lines/5 Line c.1.null is not a line of this computation.',
    ]);
  });

  it('where there is nothing to do says what to look for', () => {
    expect(
      refusalOf(() => {
        throw new NothingToDecide();
      }),
    ).toEqual([
      'NOTHING_TO_DECIDE',
      'conflict',
      'There is nothing to decide: name at least one line, or look for a claim with undecided lines.',
    ]);
    expect(
      refusalOf(() => {
        throw new NothingToClaim();
      }),
    ).toEqual([
      'NOTHING_TO_CLAIM',
      'conflict',
      'This computation has no line left to claim: each is nil, awaits a decision, or is approved.',
    ]);
  });
});

describe('lines chosen for a claim', () => {
  const line = (lineNo: number, its: Partial<ClaimableLine> = {}): [number, ClaimableLine] => [
    lineNo,
    { lineNo, amountMinor: 66_000n, state: 'unclaimed', ...its },
  ];
  const known = new Map([
    line(1),
    line(2, { state: 'returned' }),
    line(3, { amountMinor: -66_000n }),
    line(4, { amountMinor: 0n }),
    line(5, { state: 'awaiting' }),
    line(6, { state: 'approved' }),
  ]);
  it.each([
    [1, []],
    [2, []],
    [3, []],
    [4, ['LINE_NIL']],
    [5, ['LINE_AWAITS_DECISION']],
    [6, ['LINE_APPROVED_ALREADY']],
    [7, ['LINE_NOT_IN_COMPUTATION']],
    [null, ['LINE_NOT_IN_COMPUTATION']],
  ])('line %s', (lineNo, faults) => {
    expect(codesOf(() => checkSelection([{ reference: 'r', lineNo }], known))).toEqual(faults);
  });
  it('each count once', () =>
    expect(
      codesOf(() =>
        checkSelection(
          [1, 2, 1].map((lineNo) => ({ reference: `c.1.${lineNo}`, lineNo })),
          known,
        ),
      ),
    ).toEqual(['LINE_TWICE']));
});
