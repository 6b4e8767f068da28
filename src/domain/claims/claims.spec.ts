import { CLAIM_LINES, claimableStates, type ClaimLineState } from './line-states.js';
import { CLAIM_STATES, claimState } from './claim-states.js';
import { checkDecisions, type LineDecision } from './decisions.js';
import { DeciderNotIndependent, requireIndependent } from './four-eyes.js';
import { LinesDigest } from './lines-digest.js';
import { checkSelection, type ClaimableLine } from './selection.js';
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
  const claim = { submittedBy: 'pat' };
  it.each([
    ['connie', false, null],
    ['connie', true, 'entered-a-score'],
    ['pat', false, 'submitted-the-claim'],
    ['pat', true, 'submitted-the-claim'],
  ])('%s, having entered scores: %s', (personId, enteredScores, because) => {
    const act = () => requireIndependent({ personId, enteredScores }, claim);
    if (because === null) expect(act).not.toThrow();
    else expect(act).toThrow(expect.objectContaining({ because, kind: 'forbidden' }));
  });

  it('is said in one sentence even where only the database knows why', () => {
    expect(new DeciderNotIndependent(null).message).toContain('Ask another person');
  });
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
});

describe('the digest of an act', () => {
  const digestOf = (lines: readonly (readonly [number, 'approved' | 'returned'])[]) => {
    const digest = new LinesDigest();
    for (const [lineNo, what] of lines) digest.add(lineNo, `c.1.${lineNo}`, what);
    return digest.finish();
  };

  it('is SHA-256 over reference and decision, line by line', () => {
    // printf 'c.1.1 approved\nc.1.2 returned\n' | sha256sum
    expect(
      digestOf([
        [1, 'approved'],
        [2, 'returned'],
      ]),
    ).toBe('079d8743447c0509447fa7786a226ca64850f941b2ddde9098fcba58732a6dae');
  });

  it('changes with any decision, and takes lines in their order only', () => {
    expect(digestOf([[1, 'approved']])).not.toBe(digestOf([[1, 'returned']]));
    expect(() =>
      digestOf([
        [2, 'approved'],
        [1, 'approved'],
      ]),
    ).toThrow('order');
  });
});
