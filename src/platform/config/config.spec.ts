import { ConfigurationRefused, loadConfig } from './config.js';

const DATABASE_URL = 'postgres://app:secret@localhost:5432/outturn';

describe('configuration', () => {
  it('needs a database and nothing else', () => {
    const config = loadConfig({ DATABASE_URL });
    expect(config).toMatchObject({
      environment: 'production',
      databaseUrl: DATABASE_URL,
      redisUrl: null,
      host: '127.0.0.1',
      port: 3000,
      workerPort: null,
      computation: { batchParticipants: 1000, leaseSeconds: 60 },
    });
    expect(Object.isFrozen(config) && Object.isFrozen(config.computation)).toBe(true);
  });

  it('takes a blank variable for one that is not set', () => {
    expect(loadConfig({ DATABASE_URL, REDIS_URL: '', PORT: '' })).toMatchObject({
      redisUrl: null,
      port: 3000,
    });
  });

  it('names every variable at fault, and shows no value', () => {
    const environment = {
      DATABASE_URL: 'mysql://app:secret@localhost/x',
      REDIS_URL: 'not a url with secret',
      PORT: '70000',
      NODE_ENV: 'prod-secret',
      SWEEP_SECONDS: 'secret',
    };
    let refusal: unknown;
    try {
      loadConfig(environment);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigurationRefused);
    const { message, faults } = refusal as ConfigurationRefused;
    expect(faults).toHaveLength(5);
    for (const name of Object.keys(environment)) expect(message).toContain(name);
    expect(message).not.toContain('secret');
  });

  it('says that the database is missing', () => {
    expect(() => loadConfig({})).toThrow('DATABASE_URL is not set');
  });
});
