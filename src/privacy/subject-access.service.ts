import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CohortsService } from '../cohorts/cohorts.service.js';
import type { EnrolledParticipant } from '../cohorts/enrolled-participant.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { openText, type PersonalKey } from '../cohorts/keys/personal-key.js';
import { ContractsService } from '../contracts/contracts.service.js';
import type { ConsentFact } from '../domain/privacy/consent.js';
import type { Identifiers } from '../domain/privacy/identifiers.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ConsentsRepository } from './consents.repository.js';
import { IdentitiesService } from './identities.service.js';
import {
  SubjectAccessRepository,
  type EntryHeld,
  type LineHeld,
  type MeasurementHeld,
} from './subject-access.repository.js';
import { whoActs } from './who-acts.js';

/** All that is held about one participant, as one document for them to have. */
export interface SubjectAccess {
  readonly contract: { readonly code: string; readonly title: string };
  readonly reference: string;
  /** What was erased, and cannot be shown: the record's words, the identifiers. */
  readonly erased: { readonly record: boolean; readonly identity: boolean };
  readonly identifiers: Identifiers;
  readonly consents: readonly ConsentFact[];
  readonly enrolments: readonly Omit<EnrolledParticipant, 'id' | 'reference' | 'exceptionBy'>[];
  readonly measurements: readonly MeasurementHeld[];
  readonly lines: readonly LineHeld[];
  readonly auditEntries: readonly EntryHeld[];
}

/** Answering a participant who asks what is held about them. */
@Injectable()
export class SubjectAccessService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly cohorts: CohortsService,
    private readonly keys: ParticipantKeys,
    private readonly identities: IdentitiesService,
    private readonly consents: ConsentsRepository,
    private readonly repository: SubjectAccessRepository,
    private readonly audit: AuditService,
  ) {}

  /** The whole document; every making of it is an audit entry, its own being the last. Refuses NotVisible, PermissionRefused. */
  export(actor: Actor, code: string, reference: string): Promise<SubjectAccess> {
    return this.transactions.run(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'participant:export');
      const { id } = await this.cohorts.participant(tx, contract.id, reference);
      const owner = { contractId: contract.id, id, reference };
      await this.audit.append(tx, {
        ...whoActs(actor, contract),
        type: 'subject-access.exported',
        payload: { reference },
      });
      const key = await this.keys.find(tx, owner);
      const measurements = await this.repository.measurements(tx, id);
      return {
        contract: { code: contract.code, title: contract.title },
        reference,
        erased: {
          record: await this.keys.isErased(tx, owner, 'record'),
          identity: await this.keys.isErased(tx, owner, 'identity'),
        },
        identifiers: await this.identities.identifiersOf(tx, owner),
        consents: await this.consents.ofParticipant(tx, id),
        enrolments: (await this.cohorts.versionsOf(tx, owner)).map(withoutKeys),
        measurements: measurements.map((one) => opened(one, key)),
        lines: await this.repository.lines(tx, id),
        auditEntries: await this.repository.auditEntries(tx, contract.id, reference),
      };
    });
  }
}

const withoutKeys = ({
  id: _id,
  reference: _reference,
  exceptionBy: _exceptionBy,
  ...rest
}: EnrolledParticipant): SubjectAccess['enrolments'][number] => rest;

const opened = (held: MeasurementHeld, key: PersonalKey | null): MeasurementHeld => ({
  ...held,
  note: openText(key, 'note', held.note),
  correctionReason: openText(key, 'correction-reason', held.correctionReason),
});
