import type { ImportKind } from '../cohorts/import/import-result.js';
import type { Role } from '../access/permissions.js';

/** Somebody whom the demo signs in, in their role on one contract. Nobody real. */
export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly party: string;
  /** What they do, for the list of sign-ins. */
  readonly does: string;
}

/** Files that become known together, and the period through which is computed before anything later is known. */
export interface DemoStage {
  readonly files: readonly { readonly kind: ImportKind; readonly name: string }[];
  /** The last period of the stage; null for all that are left. */
  readonly throughPeriod: string | null;
}

/** One of the examples as the demo plays it. */
export interface DemoContract {
  readonly code: string;
  readonly people: {
    readonly officer: DemoPerson;
    readonly claimant: DemoPerson;
    readonly commissioner: DemoPerson;
    readonly others: readonly DemoPerson[];
  };
  readonly stages: readonly DemoStage[];
  /** The period whose payments are claimed and decided. */
  readonly claimedPeriod: string | null;
}

const person = (
  email: string,
  name: string,
  role: Role,
  party: string,
  does: string,
): DemoPerson => ({
  email,
  name,
  role,
  party,
  does,
});

const INPUT = [
  { kind: 'participants', name: 'participants.csv' },
  { kind: 'measurements', name: 'measurements.csv' },
] as const;
const ALL_AT_ONCE: readonly DemoStage[] = [{ files: INPUT, throughPeriod: null }];

export const LONELINESS: DemoContract = {
  code: 'worcestershire-loneliness',
  people: {
    officer: person('data@loneliness.example', 'Dee Data', 'provider', 'provider', 'enters scores'),
    claimant: person(
      'claims@loneliness.example',
      'Clem Claims',
      'provider',
      'provider',
      'submits claims',
    ),
    commissioner: person(
      'council@loneliness.example',
      'Cora Council',
      'commissioner',
      'county-council',
      'decides claims',
    ),
    others: [
      person(
        'fund@loneliness.example',
        'Tom Topup',
        'top-up-fund',
        'top-up-fund',
        'watches its share',
      ),
      person(
        'evaluator@loneliness.example',
        'Eve Evaluator',
        'verifier',
        'evaluator',
        'checks evidence',
      ),
      person(
        'investor@loneliness.example',
        'Ines Investor',
        'investor',
        'investors',
        'reads statements',
      ),
    ],
  },
  stages: [
    { files: INPUT, throughPeriod: '2017-Q1' },
    // late forms, retyped scores and withdrawn forms: what follows from them is posted as true-ups
    { files: [{ kind: 'measurements', name: 'corrections.csv' }], throughPeriod: null },
  ],
  claimedPeriod: '2016-Q2',
};

export const STRONGER_FAMILIES: DemoContract = {
  code: 'worcestershire-stronger-families',
  people: {
    officer: person(
      'data@families.example',
      'Dora Data',
      'provider',
      'county-council',
      'enters results',
    ),
    claimant: person(
      'claims@families.example',
      'Cleo Claims',
      'provider',
      'county-council',
      'submits claims',
    ),
    commissioner: person(
      'government@families.example',
      'Gus Government',
      'commissioner',
      'government',
      'decides claims',
    ),
    others: [
      person(
        'audit@families.example',
        'Ada Audit',
        'verifier',
        'internal-audit',
        'checks evidence',
      ),
    ],
  },
  stages: ALL_AT_ONCE,
  claimedPeriod: null,
};

export const REBOOT_WEST: DemoContract = {
  code: 'reboot-west',
  people: {
    officer: person('data@reboot.example', 'Dan Data', 'provider', 'provider', 'enters results'),
    claimant: person(
      'claims@reboot.example',
      'Cass Claims',
      'provider',
      'provider',
      'submits claims',
    ),
    commissioner: person(
      'education@reboot.example',
      'Edie Education',
      'commissioner',
      'education-department',
      'decides claims',
    ),
    others: [
      person(
        'investor@reboot.example',
        'Ivan Investor',
        'investor',
        'investor',
        'reads statements',
      ),
      person('council@reboot.example', 'Olive Observer', 'observer', 'councils', 'reads the terms'),
    ],
  },
  stages: ALL_AT_ONCE,
  claimedPeriod: null,
};

export const DEMO_CONTRACTS: readonly DemoContract[] = [LONELINESS, STRONGER_FAMILIES, REBOOT_WEST];

export const ADMINISTRATOR = { email: 'administrator@outturn.example', name: 'Alex Administrator' };

export const peopleOf = ({ people }: DemoContract): readonly DemoPerson[] => [
  people.officer,
  people.claimant,
  people.commissioner,
  ...people.others,
];
