import { DomainError } from '../../domain/shared/domain-error.js';
import { createPino, StructuredLogger } from './logger.js';
import { withinContext } from './work-context.js';

class Refused extends DomainError {
  constructor() {
    super({ code: 'REFUSED', kind: 'conflict', detail: 'It is refused.' });
  }
}

function aLogger() {
  const lines: string[] = [];
  const logger = new StructuredLogger(createPino('info', { write: (line) => lines.push(line) }));
  const records = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, records };
}

describe('the log', () => {
  it('is one JSON line for each event, with what it belongs to', () => {
    const { logger, records } = aLogger();
    withinContext({ jobId: 'j-1', job: 'compute' }, () => logger.log('Done', { lines: 3 }, 'Jobs'));
    expect(records()).toMatchObject([
      { level: 'info', msg: 'Done', lines: 3, context: 'Jobs', jobId: 'j-1', job: 'compute' },
    ]);
  });

  it('does not carry the facts of one line over to the next', () => {
    const { logger, records } = aLogger();
    withinContext({ requestId: 'r-1' }, () => {
      logger.log('Refused', { code: 'SOME_CODE' });
      logger.log('Answered', { status: 200 });
    });
    expect(records()[1]).toMatchObject({ requestId: 'r-1', status: 200 });
    expect(records()[1]).not.toHaveProperty('code');
  });

  it('describes an error without the values it was about', () => {
    const { logger, lines, records } = aLogger();
    const fromPostgres = Object.assign(
      new Error('invalid input syntax for type date: "Mrs Smith"'),
      {
        code: '22007',
        parameters: ['Mrs Smith'],
        detail: 'Key (email)=(smith@example.org) already exists.',
      },
    );
    logger.error('A request failed', { code: 'UNEXPECTED' }, fromPostgres, 'Http');
    expect(lines.join()).not.toMatch(/smith/i);
    expect(records()).toMatchObject([
      { level: 'error', msg: 'A request failed', code: 'UNEXPECTED', error: { code: '22007' } },
    ]);
  });

  it('keeps the cause, and no stack for what was expected', () => {
    const { logger, records } = aLogger();
    logger.warn('Down', new Error('outer', { cause: new Error('inner') }));
    logger.warn('Refused', new Refused());
    expect(records()).toMatchObject([
      { error: { message: 'outer', cause: { message: 'inner' }, stack: expect.any(String) } },
      { error: { name: 'Refused', code: 'REFUSED' } },
    ]);
    expect(records()[1]!['error']).not.toHaveProperty('stack');
  });

  it('keeps to itself what Nest says about its own start', () => {
    const { logger, lines } = aLogger();
    logger.log('Mapped {/v1, GET} route', 'RouterExplorer');
    expect(lines).toEqual([]);
  });
});
