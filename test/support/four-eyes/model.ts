/** A role that matters for four eyes. */
export type Part = 'provider' | 'commissioner';

export interface Claim {
  readonly submittedBy: number;
  decided: boolean;
}

type Event =
  | { readonly kind: 'score'; readonly account: number }
  | {
      readonly kind: 'decision';
      readonly claim: number;
      readonly account: number;
      /** The human of every account at that instant. */
      readonly humans: readonly number[];
      /** A score or a recognition came at the same moment, so that a reader cannot say which was first. */
      readonly raced: boolean;
    };

/**
 * What is true of one contract, told without a database: accounts, the humans behind them as they are known, and what
 * each account has done, in order. Accounts and claims are numbers.
 */
export class FourEyesModel {
  readonly claims: Claim[] = [];
  readonly consents = new Map<Part, number>();
  readonly parts: Set<Part>[];
  private readonly events: Event[] = [];
  private humans: number[];

  constructor(parts: readonly (readonly Part[])[]) {
    this.parts = parts.map((held) => new Set(held));
    this.humans = parts.map((_, account) => account);
  }

  isOneHuman(a: number, b: number): boolean {
    return this.humans[a] === this.humans[b];
  }

  recognise(a: number, b: number): void {
    const [from, to] = [this.humans[a]!, this.humans[b]!];
    this.humans = this.humans.map((human) => (human === from ? to : human));
  }

  enter(account: number): void {
    this.events.push({ kind: 'score', account });
  }

  submit(account: number): number {
    return this.claims.push({ submittedBy: account, decided: false }) - 1;
  }

  decide(account: number, claim: number, raced = false): void {
    this.claims[claim]!.decided = true;
    this.events.push({ kind: 'decision', claim, account, humans: this.humans, raced });
  }

  /** What the human behind an account has had to do with a claim, by now. */
  handIn(account: number, claim: number): { submittedIt: boolean; enteredScores: boolean } {
    return this.handAt(this.events.length, this.humans, account, claim);
  }

  dependsOn(account: number, claim: number): boolean {
    const { submittedIt, enteredScores } = this.handIn(account, claim);
    return submittedIt || enteredScores;
  }

  /** The oracle: decisions, as claim and decider, that broke the rule at the instant at which they were made. */
  breaches(): string[] {
    return this.decisionsWhere(({ humans }) => humans).map(({ name }) => name);
  }

  /** Decisions that break it with what is known of accounts now: what has to be found and shown. */
  dependentNow(): { readonly sure: string[]; readonly possible: string[] } {
    const sure = this.decisionsWhere(() => this.humans).map(({ name }) => name);
    const raced = this.events.flatMap((event) =>
      event.kind === 'decision' && event.raced ? [nameOf(event)] : [],
    );
    return { sure, possible: raced };
  }

  decisions(): string[] {
    return this.events.flatMap((event) => (event.kind === 'decision' ? [nameOf(event)] : []));
  }

  private decisionsWhere(humansOf: (event: { humans: readonly number[] }) => readonly number[]) {
    return this.events.flatMap((event, at) => {
      if (event.kind !== 'decision') return [];
      const hand = this.handAt(at, humansOf(event), event.account, event.claim);
      return hand.submittedIt || hand.enteredScores ? [{ name: nameOf(event) }] : [];
    });
  }

  private handAt(at: number, humans: readonly number[], account: number, claim: number) {
    const isSame = (other: number) => humans[other] === humans[account];
    return {
      submittedIt: isSame(this.claims[claim]!.submittedBy),
      enteredScores: this.events
        .slice(0, at)
        .some((event) => event.kind === 'score' && isSame(event.account)),
    };
  }
}

export const nameOf = ({ claim, account }: { claim: number; account: number }): string =>
  `claim ${claim + 1} by account ${account}`;
