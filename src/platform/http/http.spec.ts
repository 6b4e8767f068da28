import { BadRequestException, NotFoundException } from '@nestjs/common';
import fc from 'fast-check';
import { DomainError, type RefusalKind } from '../../domain/shared/domain-error.js';
import { decodeCursor, decodeNumberCursor, encodeCursor, pageOf } from './cursor.js';
import { etagOf, requireMatch } from './etag.js';
import { VersionStale } from './http.errors.js';
import { CursorMalformed, IdempotencyKeyMissing } from './malformed-request.js';
import { problemOf } from './problem.js';

class Refusal extends DomainError {
  constructor(kind: RefusalKind) {
    super({ code: 'SOME_CODE', kind, detail: 'A sentence.' });
  }
}

describe('a problem', () => {
  it.each<[RefusalKind, number]>([
    ['invalid', 422],
    ['not-signed-in', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['stale', 412],
    ['precondition-missing', 428],
    ['too-large', 413],
    ['unavailable', 503],
  ])('of kind %s has status %i', (kind, status) => {
    expect(problemOf(new Refusal(kind), 'r-1')).toEqual({
      type: 'urn:outturn:problem:some-code',
      title: expect.any(String),
      status,
      code: 'SOME_CODE',
      detail: 'A sentence.',
      requestId: 'r-1',
    });
  });

  it('of a request that cannot be read has status 400', () => {
    expect(problemOf(new IdempotencyKeyMissing(), 'r-1').status).toBe(400);
    expect(problemOf(new BadRequestException('internal words'), 'r-1').status).toBe(400);
    expect(problemOf(new NotFoundException(), 'r-1').code).toBe('UNKNOWN_ROUTE');
  });

  it('that nobody foresaw says nothing about the inside', () => {
    for (const error of [new Error('secret'), 'secret', null, { statusCode: 502, m: 'secret' }]) {
      const problem = problemOf(error, 'r-1');
      expect(problem).toMatchObject({ status: 500, code: 'UNEXPECTED', requestId: 'r-1' });
      expect(JSON.stringify(problem)).not.toContain('secret');
    }
  });
});

describe('a cursor', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (key) => {
        expect(decodeCursor(encodeCursor(...key), key.length)).toEqual(key);
      }),
    );
  });

  it('is refused when it is not ours, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(() => decodeCursor(text, 2)).toThrow(CursorMalformed);
      }),
    );
    expect(() => decodeCursor(encodeCursor('a'), 2)).toThrow(CursorMalformed);
    expect(() => decodeNumberCursor(encodeCursor('1; drop table'))).toThrow(CursorMalformed);
  });

  it('is there exactly when there is more', () => {
    const page = (rows: number[]) =>
      pageOf(
        rows,
        2,
        (row) => row * 10,
        (row) => [row],
      );
    expect(page([1, 2])).toEqual({ items: [10, 20], next: null });
    expect(page([1, 2, 3])).toEqual({ items: [10, 20], next: encodeCursor(2) });
    expect(page([])).toEqual({ items: [], next: null });
  });
});

describe('an entity tag', () => {
  it('matches itself, alone, in a list, or any', () => {
    const tag = etagOf('claim', 7, 3n);
    expect(tag).toBe('"claim.7.3"');
    for (const header of [tag, `"other", ${tag}`, '*']) requireMatch(header, tag);
  });

  it('matches nothing else, and a weak one never', () => {
    const tag = etagOf('claim', 7, 3);
    for (const header of ['"claim.7.2"', 'claim.7.3', `W/${tag}`, '""']) {
      expect(() => requireMatch(header, tag)).toThrow(VersionStale);
    }
  });
});
