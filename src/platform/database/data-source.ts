import { DataSource, type DataSourceOptions } from 'typeorm';
import { PeopleContractsAndAudit1790000000000 } from '../../../migrations/1790000000000-people-contracts-and-audit.js';
import { ParticipantsAndMeasurements1790000001000 } from '../../../migrations/1790000001000-participants-and-measurements.js';
import { ComputationsLinesAndClaims1790000002000 } from '../../../migrations/1790000002000-computations-lines-and-claims.js';
import { FiguresAndEffects1790000004000 } from '../../../migrations/1790000004000-figures-and-effects.js';
import { DaysOnWhichSpellsEnd1790000005000 } from '../../../migrations/1790000005000-days-on-which-spells-end.js';
import { FollowUpOfCohortLines1790000006000 } from '../../../migrations/1790000006000-follow-up-of-cohort-lines.js';
import { NarrowerMeasurements1790000007000 } from '../../../migrations/1790000007000-narrower-measurements.js';
import { IssuedStatements1790000008000 } from '../../../migrations/1790000008000-issued-statements.js';
import { WhatTheApplicationMay1790000010000 } from '../../../migrations/1790000010000-what-the-application-may.js';
import { RowsWrittenInBulk1790000010100 } from '../../../migrations/1790000010100-rows-written-in-bulk.js';
import { WhoSeesWhichRows1790000010200 } from '../../../migrations/1790000010200-who-sees-which-rows.js';
import { OneHumanBehindAccounts1790000011000 } from '../../../migrations/1790000011000-one-human-behind-accounts.js';
import { ScopedKeysAndClients1790000011100 } from '../../../migrations/1790000011100-scoped-keys-and-clients.js';
import { Organisations1790000011200 } from '../../../migrations/1790000011200-organisations.js';
import { WhoSeesOrganisations1790000011900 } from '../../../migrations/1790000011900-who-sees-organisations.js';
import { BrowserSignIn1790000012000 } from '../../../migrations/1790000012000-browser-sign-in.js';
import { WhoSeesSignIns1790000012100 } from '../../../migrations/1790000012100-who-sees-sign-ins.js';
import { KeysOfParticipants1790000013000 } from '../../../migrations/1790000013000-keys-of-participants.js';
import { IdentifiersAndConsent1790000013100 } from '../../../migrations/1790000013100-identifiers-and-consent.js';
import { WhoSeesPersonalData1790000013200 } from '../../../migrations/1790000013200-who-sees-personal-data.js';
import { NarrowerRows1790000013500 } from '../../../migrations/1790000013500-narrower-rows.js';
import { TheAuditLog1790000014000 } from '../../../migrations/1790000014000-the-audit-log.js';
import { NoMoneyWithoutAnEntry1790000014100 } from '../../../migrations/1790000014100-no-money-without-an-entry.js';
import { LinesAsATree1790000014500 } from '../../../migrations/1790000014500-lines-as-a-tree.js';
import { WhatImportsCommitTo1790000015000 } from '../../../migrations/1790000015000-what-imports-commit-to.js';
import { ReadingIsAnAct1790000015100 } from '../../../migrations/1790000015100-reading-is-an-act.js';
import { IdentitiesThatWereUnlinked1790000015200 } from '../../../migrations/1790000015200-identities-that-were-unlinked.js';
import { WhetherSomebodyBelongsAnywhere1790000015201 } from '../../../migrations/1790000015201-whether-somebody-belongs-anywhere.js';
import { AnEntryMovesTheHead1790000015400 } from '../../../migrations/1790000015400-an-entry-moves-the-head.js';
import { LeavesSayLess1790000015500 } from '../../../migrations/1790000015500-leaves-say-less.js';
import { LettersThatWait1790000016000 } from '../../../migrations/1790000016000-letters-that-wait.js';
import { ChecksAndDefaultsOfMeasurements1790000016100 } from '../../../migrations/1790000016100-checks-and-defaults-of-measurements.js';
import { SecretsSealedAnew1790000016200 } from '../../../migrations/1790000016200-secrets-sealed-anew.js';
import { keepExactTypesAsText } from './type-parsers.js';

/** Every migration, oldest first: listed by import, so that a file that was not compiled cannot be forgotten. */
export const MIGRATIONS = [
  PeopleContractsAndAudit1790000000000,
  ParticipantsAndMeasurements1790000001000,
  ComputationsLinesAndClaims1790000002000,
  FiguresAndEffects1790000004000,
  DaysOnWhichSpellsEnd1790000005000,
  FollowUpOfCohortLines1790000006000,
  NarrowerMeasurements1790000007000,
  IssuedStatements1790000008000,
  WhatTheApplicationMay1790000010000,
  RowsWrittenInBulk1790000010100,
  WhoSeesWhichRows1790000010200,
  OneHumanBehindAccounts1790000011000,
  ScopedKeysAndClients1790000011100,
  Organisations1790000011200,
  WhoSeesOrganisations1790000011900,
  BrowserSignIn1790000012000,
  WhoSeesSignIns1790000012100,
  KeysOfParticipants1790000013000,
  IdentifiersAndConsent1790000013100,
  WhoSeesPersonalData1790000013200,
  NarrowerRows1790000013500,
  TheAuditLog1790000014000,
  NoMoneyWithoutAnEntry1790000014100,
  LinesAsATree1790000014500,
  WhatImportsCommitTo1790000015000,
  ReadingIsAnAct1790000015100,
  IdentitiesThatWereUnlinked1790000015200,
  WhetherSomebodyBelongsAnywhere1790000015201,
  AnEntryMovesTheHead1790000015400,
  LeavesSayLess1790000015500,
  LettersThatWait1790000016000,
  ChecksAndDefaultsOfMeasurements1790000016100,
  SecretsSealedAnew1790000016200,
];

export interface PoolEvents {
  /** An idle connection broke; the pool replaces it, and the next use says whether the database is really away. */
  readonly onConnectionLost: (error: Error) => void;
}

/** How this service talks to PostgreSQL. The schema is made by migrations only, never by entities. */
export function dataSourceOptions(
  databaseUrl: string,
  { onConnectionLost }: PoolEvents = { onConnectionLost: () => undefined },
): DataSourceOptions {
  keepExactTypesAsText();
  return {
    type: 'postgres',
    url: databaseUrl,
    entities: [],
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    poolSize: 10,
    connectTimeoutMS: 5_000,
    applicationName: 'outturn',
    poolErrorHandler: onConnectionLost,
  };
}

/** A data source of its own, not yet connected; whoever makes it destroys it. */
export const createDataSource = (databaseUrl: string): DataSource =>
  new DataSource(dataSourceOptions(databaseUrl));
