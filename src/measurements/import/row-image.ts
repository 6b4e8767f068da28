import type { Score } from '../../domain/instruments/scale.js';
import type { CheckedMeasurement } from '../../domain/outcomes/check-measurement.js';
import { canonical } from '../../domain/shared/canonical.js';
import { dayNumber } from '../../domain/calendar/day-number.js';

/** Every column that a row may have; the participant and the day come first. */
export const IMAGE_COLUMNS = [
  'participant_id',
  'measured_on',
  'recorded_seq',
  'metric',
  'occurrence',
  'value',
  'mode',
  'status',
  'version',
  'items',
  'note',
  'ended_on',
  'correction_reason',
] as const;
export type ImageColumn = (typeof IMAGE_COLUMNS)[number];

/** Where the participant's id (8 bytes) and the day (4 bytes) stand in every image. */
const ID_AT = 6;
const DAY_AT = 18;

/** What COPY in binary format begins and ends with. */
export const COPY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

/** What the database takes for a column that is not sent; for any other, NULL. */
const DEFAULTS: Partial<Record<ImageColumn, Buffer>> = {
  status: Buffer.from('recorded', 'utf8'),
  version: int4(1),
};

/** Makes the image of a row, under its version. */
export type RowImages = (
  checked: Omit<CheckedMeasurement, 'measuredOn'>,
  version: number,
) => Buffer;

/**
 * A measurement row as COPY's binary format has it, all but the participant and the day. Most rows of a file differ in
 * nothing else, so one image serves thousands of rows: PostgreSQL then has no text to parse and we have none to write.
 * Only these columns are sent, because PostgreSQL looks at each for every row; a row that needs another throws.
 */
export function rowImages(recordedSeq: bigint, columns: readonly ImageColumn[]): RowImages {
  const unsent = IMAGE_COLUMNS.filter((column) => !columns.includes(column));
  return ({ finding, endedOn, correctionReason }, version) => {
    const fields: Record<ImageColumn, Buffer | null> = {
      participant_id: Buffer.alloc(8),
      measured_on: Buffer.alloc(4),
      recorded_seq: int8(recordedSeq),
      metric: text(finding.metric),
      occurrence: text(finding.occurrence),
      value: finding.value === null ? null : numeric(finding.value),
      mode: text(finding.mode),
      status: text(finding.status),
      version: int4(version),
      items: finding.items === null ? null : jsonb(canonical(finding.items)),
      note: text(finding.note),
      ended_on: endedOn === null ? null : int4(dayNumber(endedOn)),
      correction_reason: text(correctionReason),
    };
    for (const column of unsent)
      if (!isSame(fields[column], DEFAULTS[column] ?? null))
        throw new Error(`A row has another ${column}, which is not sent for this file`);
    return row(columns.map((column) => fields[column]));
  };
}

const isSame = (one: Buffer | null, other: Buffer | null): boolean =>
  one === null || other === null ? one === other : one.equals(other);

/** Writes an image into a chunk, for one participant and day. */
export function putRow(chunk: Buffer, at: number, image: Buffer, id: number, day: number): void {
  chunk.set(image, at);
  const high = Math.floor(id / 4294967296);
  const low = id >>> 0;
  const idAt = at + ID_AT;
  chunk[idAt] = high >>> 24;
  chunk[idAt + 1] = high >>> 16;
  chunk[idAt + 2] = high >>> 8;
  chunk[idAt + 3] = high;
  chunk[idAt + 4] = low >>> 24;
  chunk[idAt + 5] = low >>> 16;
  chunk[idAt + 6] = low >>> 8;
  chunk[idAt + 7] = low;
  const dayAt = at + DAY_AT;
  chunk[dayAt] = day >> 24;
  chunk[dayAt + 1] = day >> 16;
  chunk[dayAt + 2] = day >> 8;
  chunk[dayAt + 3] = day;
}

/** The number of fields (2 bytes), and each after its length (4 bytes); that of NULL is -1. */
function row(fields: readonly (Buffer | null)[]): Buffer {
  const bytes = Buffer.alloc(
    fields.reduce((length, field) => length + 4 + (field?.length ?? 0), 2),
  );
  let at = bytes.writeInt16BE(fields.length);
  for (const field of fields) {
    at = bytes.writeInt32BE(field?.length ?? -1, at);
    if (field === null) continue;
    bytes.set(field, at);
    at += field.length;
  }
  return bytes;
}

const text = (value: string | null) => (value === null ? null : Buffer.from(value, 'utf8'));
const jsonb = (value: string) => Buffer.concat([Buffer.from([1]), Buffer.from(value, 'utf8')]);

function int4(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int8(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/**
 * numeric: digits in base 10,000, the weight of the first, the sign and how many decimals are shown. The text is a score
 * in its shortest form.
 */
function numeric(score: Score): Buffer {
  const [, sign, whole, decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(score)!;
  const before = whole === '0' ? '' : whole!.padStart(Math.ceil(whole!.length / 4) * 4, '0');
  const after = decimals.padEnd(Math.ceil(decimals.length / 4) * 4, '0');
  const digits = (before + after).match(/\d{4}/g) ?? [];
  const bytes = Buffer.alloc(8 + digits.length * 2);
  bytes.writeInt16BE(digits.length, 0);
  bytes.writeInt16BE(digits.length === 0 ? 0 : before.length / 4 - 1, 2);
  bytes.writeUInt16BE(sign === '-' ? 0x4000 : 0, 4);
  bytes.writeUInt16BE(decimals.length, 6);
  digits.forEach((digit, index) => bytes.writeInt16BE(Number(digit), 8 + index * 2));
  return bytes;
}
