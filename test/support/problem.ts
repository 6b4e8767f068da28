import type { Response } from 'supertest';

/** A refusal as the service tells it (RFC 9457). */
export interface ProblemRead {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly faults: readonly Readonly<Record<string, unknown>>[];
}

/** Reads a refusal, and checks what every refusal has: its media type, its status twice, a code and a sentence. */
export function problemIn(response: Response): ProblemRead {
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.body).toMatchObject({
    status: response.status,
    code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/),
    detail: expect.stringMatching(/^\S.*[.?!:;)"]$/s),
    requestId: expect.any(String),
  });
  return { faults: [], ...response.body } as ProblemRead;
}
