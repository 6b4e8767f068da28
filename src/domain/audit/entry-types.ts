/**
 * Every act the audit trail records, and what its entry says. Payloads are plain data: texts, whole numbers, lists.
 * They name people, participants and files by identifier and digest, never by name or e-mail, so that a later erasure
 * leaves every proof valid. A type is never renamed or removed: old entries carry it for ever.
 */
export interface AuditPayloads {
  'person.created': { readonly personId: string; readonly isAdministrator: boolean };
  'api-key.issued': { readonly personId: string; readonly keyId: string; readonly prefix: string };
  'api-key.revoked': { readonly personId: string; readonly keyId: string };
  'client.created': { readonly personId: string; readonly clientId: string };
  'client.revoked': { readonly personId: string; readonly clientId: string };
  'person.recognised': {
    readonly personId: string;
    readonly sameAs: string;
    readonly because: string;
  };
  'organisation.created': { readonly organisationId: string };
  'affiliation.granted': {
    readonly organisationId: string;
    readonly personId: string;
    readonly isManager: boolean;
  };
  'affiliation.ended': { readonly organisationId: string; readonly personId: string };
  'party.named': { readonly party: string; readonly organisationId: string };
  'access.reviewed': {
    readonly organisationId: string;
    readonly reviewId: string;
    readonly kept: number;
    readonly ended: number;
  };
  'member.added': { readonly personId: string; readonly party: string; readonly role: string };
  'member.ended': { readonly personId: string; readonly party: string; readonly role: string };
  'person.disabled': { readonly personId: string };
  'person.enabled': { readonly personId: string };

  'sign-in.completed': {
    readonly sessionId: string;
    /** 'password', 'passkey' or 'provider'. */
    readonly first: string;
    /** 'authenticator', 'passkey', 'recovery-code', 'enrolled', or 'none' for a passkey that verified the person. */
    readonly second: string;
    /** Failed attempts under the person's e-mail address since the sign-in before. */
    readonly failedAttempts: number;
  };
  'sign-in.confirmed': { readonly sessionId: string; readonly with: string };
  'sessions.ended': { readonly personId: string; readonly sessions: number; readonly why: string };
  'password.link-issued': { readonly personId: string; readonly purpose: string };
  'password.link-withdrawn': { readonly personId: string; readonly purpose: string };
  'password.set': { readonly personId: string; readonly by: string };
  'second-factor.added': FactorPayload;
  'second-factor.removed': FactorPayload;
  'second-factors.reset': { readonly personId: string; readonly factors: number };
  'recovery-codes.issued': { readonly personId: string; readonly codes: number };
  'identity.linked': { readonly personId: string; readonly providerId: string };
  'identity.unlinked': { readonly personId: string; readonly providerId: string };
  'sign-in-provider.added': { readonly providerId: string; readonly issuer: string };
  'sign-in-provider.removed': { readonly providerId: string; readonly issuer: string };

  'contract.drafted': { readonly code: string; readonly documentHash: string };
  'terms.draft-replaced': { readonly number: number; readonly documentHash: string };
  'terms.consented': { readonly number: number; readonly documentHash: string };
  'terms.activated': {
    readonly number: number;
    readonly documentHash: string;
    readonly effectiveFrom: string;
  };
  'terms.amendment-drafted': {
    readonly number: number;
    readonly documentHash: string;
    readonly effectiveFrom: string;
    readonly reason: string;
  };

  'participants.imported': ImportPayload;
  'measurements.imported': ImportPayload;
  'figures.imported': ImportPayload;
  'effects.imported': ImportPayload;
  'participant.enrolled': {
    readonly reference: string;
    readonly cohort: string;
    readonly startedOn: string;
    readonly contentHash: string;
  };
  'enrolment.corrected': {
    readonly reference: string;
    readonly version: number;
    /** Commits to the reason, which is about a person and can be erased; entries of earlier days have it in words. */
    readonly reasonHash: string;
    readonly contentHash: string;
  };
  'identifiers.recorded': {
    readonly reference: string;
    /** Which were changed; never what they are. */
    readonly identifiers: readonly string[];
  };
  'identifiers.read': { readonly reference: string; readonly identifiers: readonly string[] };
  'identifiers.erased': { readonly reference: string; readonly because: string };
  'consent.recorded': {
    readonly reference: string;
    readonly scope: string;
    readonly act: string;
  };
  'participant.erased': {
    readonly reference: string;
    /** 'record': the words about them; 'identity': who they are. */
    readonly erased: readonly string[];
  };
  /** By the service, because a database that was restored from before the erasure had forgotten it. */
  'participant.erased-again': { readonly reference: string; readonly erased: readonly string[] };
  'participant-keys.rewrapped': {
    readonly keys: number;
    /** Only in entries since the key of the service takes over more than the keys of participants. */
    readonly authenticators?: number;
    readonly letters?: number;
  };
  'subject-access.exported': { readonly reference: string };
  'measurement.recorded': MeasurementPayload;
  'measurement.corrected': MeasurementPayload & { readonly reasonHash: string };

  'figures.submitted': {
    readonly figures: number;
    readonly corrected: number;
    /** Digest of the figures as they were recorded. */
    readonly contentHash: string;
    /** The same in the order of their names; entries of earlier days have it not. */
    readonly recordedHash?: string;
  };
  'effect.signed': EffectPayload;
  'effect.superseded': EffectPayload & { readonly status: string; readonly reason: string };

  'computation.requested': {
    readonly computationId: string;
    readonly number: number;
    readonly periodId: string;
  };
  'computation.computed': {
    readonly computationId: string;
    readonly number: number;
    readonly lines: number;
    readonly totalMinor: string;
    readonly currency: string;
    readonly digest: string;
    /** Which engine wrote the lines; entries of earlier days have it not. */
    readonly engineVersion?: string;
  };
  'computation.failed': {
    readonly computationId: string;
    readonly number: number;
    readonly code: string;
  };
  'computation.cancelled': { readonly computationId: string; readonly number: number };
  'computation.recheck-requested': { readonly computationId: string; readonly rechecks: string };
  'computation.rechecked': {
    readonly computationId: string;
    readonly rechecks: string;
    readonly digest: string;
    readonly agrees: boolean;
  };

  'claim.submitted': {
    readonly claimId: string;
    readonly number: number;
    readonly computationId: string;
    readonly lines: number;
    readonly totalMinor: string;
    readonly currency: string;
    /** Root of the tree of the lines, which commits to them without listing them: see LinesTree. */
    readonly linesHash: string;
  };
  'claim.decided': {
    readonly claimId: string;
    readonly number: number;
    readonly approved: number;
    readonly returned: number;
    readonly approvedMinor: string;
    readonly returnedMinor: string;
    readonly currency: string;
    /** Root of the tree of the decided lines and their decisions: see LinesTree. */
    readonly decisionsHash: string;
  };

  'statement.issued': {
    readonly number: number;
    readonly periodId: string;
    /** SHA-256 of the document as it was issued. */
    readonly documentHash: string;
  };

  /** Somebody was shown the record of one participant; 'identifiers.read' is the entry for who they are. */
  'personal-data.read': {
    readonly reference: string;
    /** Of 'enrolments', 'measurements', 'responses' and 'consents'. */
    readonly shown: readonly string[];
  };
  /** A page of participants: the first and the last on it, in the order of their enrolment, and how many. */
  'personal-data.listed': {
    readonly first: string;
    readonly last: string;
    readonly participants: number;
    readonly cohort: string | null;
  };
  'personal-data.exported': {
    /** null where it was everybody on the contract. */
    readonly reference: string | null;
    readonly format: string;
  };
  /** Lines about participants, whose sentences say scores: a page of a computation's or a claim's, or one alone. */
  'lines.read': {
    readonly first: string;
    readonly last: string;
    readonly lines: number;
    /** The claim that was looked at, where it was one. */
    readonly claim: number | null;
    /** Whose line it is, where it is one alone. */
    readonly reference: string | null;
  };
  'lines.exported': { readonly period: string | null; readonly format: string };
  /** A bundle that shows lines or acts about participants was written for somebody to take away. */
  'bundle.taken': {
    /** 'contract', 'claim', 'line' or 'participant'. */
    readonly subject: string;
    /** Its number or reference; null for the contract. */
    readonly which: string | null;
  };
  'activity.exported': {
    readonly format: string;
    /** The entries up to this one were looked through. */
    readonly throughSeq: string;
    /** What was left out is what did not fit these, such as "type claim.decided". */
    readonly narrowedTo: readonly string[];
  };

  /** With which key the audit log signs from the next checkpoint on, as a C2SP verifier key. */
  'log.key-declared': { readonly origin: string; readonly vkey: string };
}

interface FactorPayload {
  readonly personId: string;
  readonly factorId: string;
  readonly kind: string;
}

interface ImportPayload {
  readonly importId: string;
  readonly fileSha256: string;
  readonly fileBytes: string;
  readonly rows: number;
  readonly rowsNew: number;
  readonly rowsCorrected: number;
  readonly rowsUnchanged: number;
  /**
   * Of participants and measurements: commits to every row that was recorded, under a salt that is kept beside them (see
   * RowsCommitment). Entries of earlier days have only the digest of the file.
   */
  readonly rowsHash?: string;
  /** Of figures and effects: digest of the versions that were recorded, in the order of their names. */
  readonly recordedHash?: string;
}

interface MeasurementPayload {
  readonly reference: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly version: number;
  readonly measuredOn: string;
  readonly status: string;
  /**
   * Commits to the score, the answers and the note under the participant's own key: the trail proves them without showing
   * them, and after an erasure nobody can find them by trying out every score.
   */
  readonly contentHash: string;
}

interface EffectPayload {
  readonly metric: string;
  readonly cohort: string;
  readonly version: number;
  readonly signedOn: string;
  readonly value: string | null;
  readonly n: string | null;
  readonly documentHash: string | null;
  /** Digest of all that the result says; entries of earlier days have it not. */
  readonly recordedHash?: string;
}

export type AuditType = keyof AuditPayloads;
