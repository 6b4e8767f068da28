import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ParticipantEnrolledAlready } from './cohorts.errors.js';
import { toEnrolledParticipant, type EnrolmentRow } from './cohorts.mapping.js';
import type { EnrolledParticipant } from './enrolled-participant.js';
import { EnrolmentEntity } from './enrolment.entity.js';
import { ParticipantEntity } from './participant.entity.js';

const COLUMNS = `p.id as participant_id, p.reference, e.version, e.cohort, e.started_on, e.exited_on, e.exit_reason,
  e.attributes, e.exception_reason, e.exception_by, e.correction_reason`;
/** The latest version of each participant's enrolment, by the primary key of enrolment. */
const LATEST = `participant p join lateral (
  select * from enrolment where participant_id = p.id order by version desc limit 1) e on true`;

/** Participants and the versions of their enrolments. */
@Injectable()
export class CohortsRepository {
  /** The participant as enrolled now. Served by participant_reference_once. */
  async current(
    tx: Transaction,
    contractId: string,
    reference: string,
  ): Promise<EnrolledParticipant | null> {
    const [row] = await tx.query<EnrolmentRow>(
      `select ${COLUMNS} from ${LATEST} where p.contract_id = $1 and p.reference = $2`,
      [contractId, reference],
    );
    return row === undefined ? null : toEnrolledParticipant(row);
  }

  /** Every version of an enrolment, oldest first. */
  async history(tx: Transaction, participantId: string): Promise<EnrolledParticipant[]> {
    const rows = await tx.query<EnrolmentRow>(
      `select ${COLUMNS} from participant p join enrolment e on e.participant_id = p.id
        where p.id = $1 order by e.version`,
      [participantId],
    );
    return rows.map(toEnrolledParticipant);
  }

  /** Participants in the order of their enrolment, after the given one. Served by participant_in_contract_order. */
  async page(
    tx: Transaction,
    contractId: string,
    after: string,
    limit: number,
    cohort: string | null,
  ): Promise<EnrolledParticipant[]> {
    const rows = await tx.query<EnrolmentRow>(
      `select ${COLUMNS} from ${LATEST}
        where p.contract_id = $1 and p.id > $2 and ($4::text is null or e.cohort = $4)
        order by p.id limit $3`,
      [contractId, after, limit, cohort],
    );
    return rows.map(toEnrolledParticipant);
  }

  async count(tx: Transaction, contractId: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      'select count(*) from participant where contract_id = $1',
      [contractId],
    );
    return Number(row?.count ?? 0);
  }

  /** How a reference is written in the roster, whatever its capitals. Served by participant_reference_any_case. */
  async spelling(tx: Transaction, contractId: string, reference: string): Promise<string | null> {
    const [row] = await tx.query<{ reference: string | null }>(
      'select spelling_of_participant($1, $2) as reference',
      [contractId, reference],
    );
    return row?.reference ?? null;
  }

  async insertParticipant(tx: Transaction, contractId: string, reference: string): Promise<string> {
    const taken = () => new ParticipantEnrolledAlready(reference);
    const result = await tx.manager
      .insert(ParticipantEntity, { contractId, reference })
      .catch((error: unknown) =>
        refuseOnConstraint(error, {
          participant_reference_once: taken,
          participant_reference_any_case: taken,
        }),
      );
    return String((result.identifiers[0] as { id: string }).id);
  }

  async insertEnrolment(tx: Transaction, enrolment: EnrolmentEntity): Promise<void> {
    await tx.manager.insert(EnrolmentEntity, enrolment);
  }
}
