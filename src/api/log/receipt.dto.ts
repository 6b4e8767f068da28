import { applyDecorators, type Type } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import type { ClaimState } from '../../domain/claims/claim-states.js';
import type { DecidedClaim, SubmittedClaim, TotalsView } from '../../claims/claim-view.js';
import type { DraftOutcome } from '../../contracts/contract-view.js';
import type { IssueReceipt } from '../../statements/issued-document.js';

const RECEIPT = [
  'outturn-receipt/v1',
  'outturn.example/log',
  '0198f2a0-1111-7000-8000-000000000001',
  '42',
  'pN2k…(base64 of the hash of the entry’s leaf)',
  '1449748860',
  '',
  '— outturn.example/log AbCd…',
  '',
].join('\n');

/** The signed note that an act of weight returns (docs/audit-log.md section 3). */
const Receipt = ({ required = true } = {}): PropertyDecorator =>
  ApiProperty({
    type: String,
    nullable: true,
    required,
    description:
      'A receipt: a signed note by the key of the audit log, whose six lines are outturn-receipt/v1, the origin of the log, ' +
      'the stream, the number of the entry, base64 of the hash of its leaf, and the deadline in POSIX seconds by which the ' +
      'entry is promised to be in the log. Keep it: with a bundle that lacks the entry it proves a broken promise. null where ' +
      'no log is kept.',
    pattern:
      '^outturn-receipt/v1\\n[^\\n]+\\n[^\\n]+\\n[1-9][0-9]*\\n[A-Za-z0-9+/]{43}=\\n[0-9]+\\n\\n(— [^\\n]+\\n)+$',
    example: RECEIPT,
  });

/** Answers of an act that is done once per Idempotency-Key: 201, and 200 with the same where it was done before. */
export const AnsweredWith = (type: Type): MethodDecorator =>
  applyDecorators(
    ApiCreatedResponse({ type }),
    ApiOkResponse({ type, description: 'An earlier request with the same key did it.' }),
  );

const Text = (description?: string): PropertyDecorator =>
  ApiProperty({ type: String, ...(description === undefined ? {} : { description }) });
const Count = (): PropertyDecorator => ApiProperty({ type: Number });

export class TotalsAnswer implements TotalsView {
  @Count() lines: number;
  @Text() amount: string;
}

export class SubmittedClaimAnswer implements SubmittedClaim {
  @Text('Code of the contract.') contract: string;
  @Count() number: number;
  @Text() state: ClaimState;
  @Count() revision: number;
  @Count() computation: number;
  @Count() lines: number;
  @Text() amount: string;
  @Text() currency: string;
  @Text('Root of the tree of the claimed lines, as the entry has it.') linesHash: string;
  @Receipt() receipt: string | null;
}

export class DecidedClaimAnswer implements DecidedClaim {
  @Text('Code of the contract.') contract: string;
  @Count() number: number;
  @Text() state: ClaimState;
  @Count() revision: number;
  @Text() currency: string;
  @ApiProperty({ type: TotalsAnswer }) approved: TotalsAnswer;
  @ApiProperty({ type: TotalsAnswer }) returned: TotalsAnswer;
  @Text('Root of the tree of the decided lines, as the entry has it.') decisionsHash: string;
  @Receipt() receipt: string | null;
}

export class IssuedAnswer implements IssueReceipt {
  @Text('Code of the contract.') contract: string;
  @Text() period: string;
  @Count() number: number;
  @ApiProperty({ type: Number, description: 'Lines released in it.' }) released: number;
  @Text('What they come to.') amount: string;
  @Text('SHA-256 of the document, as the entry has it.') documentHash: string;
  @Receipt() receipt: string | null;
}

export class ConsentAnswer implements DraftOutcome {
  @Text('Code of the contract.') code: string;
  @ApiProperty({ type: Number, description: 'Edition of the terms.' }) number: number;
  @Text() documentHash: string;
  @Count() revision: number;
  @ApiProperty({ enum: ['draft', 'active'] }) state: 'draft' | 'active';
  /** Only with the consent that brings terms into force. */
  @Receipt({ required: false }) receipt?: string | null;
}
