import { asUnavailable } from './availability.js';
import { DatabaseUnavailable } from './database.errors.js';

const failing = (code: string) =>
  Object.assign(new Error('as PostgreSQL or Node says it'), { code });

describe('what is wrong with the database', () => {
  it.each([
    ['ECONNREFUSED', 'cannot be reached'],
    ['57P03', 'cannot be reached'],
    ['08006', 'cannot be reached'],
    ['28P01', 'does not let the service in'],
    ['28000', 'does not let the service in'],
    ['3D000', 'does not let the service in'],
    ['CERT_HAS_EXPIRED', 'cannot show a certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'cannot show a certificate'],
  ])('is said of %s: it %s', (code, words) => {
    const error = failing(code);
    const said = asUnavailable(error);
    expect(said).toBeInstanceOf(DatabaseUnavailable);
    expect(said).toMatchObject({ code: 'DATABASE_UNAVAILABLE', cause: error });
    expect((said as Error).message).toContain(words);
    expect((said as Error).message).toContain('Nothing was recorded');
  });

  it('is not said of anything else', () => {
    const error = failing('23505');
    expect(asUnavailable(error)).toBe(error);
    expect(asUnavailable('no error at all')).toBe('no error at all');
  });
});
