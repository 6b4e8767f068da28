import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ConfigurationRefused, loadConfig, loadServiceConfig } from './config.js';
import { SAMPLE_KEY } from './secret-keys.js';

/** What the audit log of a service in production needs. */
const LOG = { LOG_ORIGIN: 'example.org/log', LOG_SIGNING_KEY_FILE: '/run/secrets/log' };
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

describe('the key that protects secrets', () => {
  const key = () => randomBytes(32).toString('base64');
  const ownDatabase = 'postgres://app:a8d1c09be6@localhost:5432/outturn';
  const refusalOf = (environment: NodeJS.ProcessEnv): string => {
    try {
      loadServiceConfig({ DATABASE_URL: ownDatabase, ...LOG, ...environment });
      return 'none';
    } catch (error) {
      return (error as ConfigurationRefused).message;
    }
  };

  it('is needed by a service in production, and may not be the sample', () => {
    expect(refusalOf({})).toContain('OUTTURN_SECRET_KEY is not set');
    expect(refusalOf({ OUTTURN_SECRET_KEY: SAMPLE_KEY })).toContain('is the sample');
    expect(refusalOf({ OUTTURN_SECRET_KEY: `${key()},${SAMPLE_KEY}` })).toContain('is the sample');
    expect(refusalOf({ OUTTURN_SECRET_KEY: key() })).toBe('none');
    expect(refusalOf({ NODE_ENV: 'development' })).toBe('none');
  });

  it.each(['secret', 'a'.repeat(44), Buffer.alloc(32).toString('base64'), key().slice(4)])(
    'is not %j',
    (text) => {
      const refusal = refusalOf({ OUTTURN_SECRET_KEY: text });
      expect(refusal).toContain('OUTTURN_SECRET_KEY must be 32 random bytes in base64');
      expect(refusal).not.toContain(text);
    },
  );

  it('comes from the variable or from a file, the newest first, and is shown nowhere', () => {
    const [newest, older] = [key(), key()];
    const file = join(mkdtempSync(join(tmpdir(), 'outturn-key-')), 'key');
    writeFileSync(file, `${newest}\n${older}\n`);
    const config = loadServiceConfig({
      DATABASE_URL: ownDatabase,
      ...LOG,
      OUTTURN_SECRET_KEY_FILE: file,
    });
    expect(config.secretKeys.all().map((one) => one.toString('base64'))).toEqual([newest, older]);
    for (const shown of [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config)])
      expect(shown).not.toContain(newest.slice(0, 20));
    expect(refusalOf({ OUTTURN_SECRET_KEY_FILE: `${file}.missing` })).toContain(
      'OUTTURN_SECRET_KEY_FILE names a file that cannot be read',
    );
    expect(refusalOf({ OUTTURN_SECRET_KEY_FILE: file, OUTTURN_SECRET_KEY: newest })).toContain(
      'set one of them',
    );
  });
});

describe('secrets of other servers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outturn-urls-'));
  const fileWith = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const refusal = (environment: NodeJS.ProcessEnv, load = loadConfig): string => {
    try {
      load(environment);
      return 'none';
    } catch (error) {
      return (error as ConfigurationRefused).message;
    }
  };

  it('come from files as well', () => {
    const config = loadConfig({
      DATABASE_URL_FILE: fileWith('database', `${DATABASE_URL}\n`),
      REDIS_URL_FILE: fileWith('redis', 'redis://:hidden@localhost:6379\n'),
    });
    expect(config.databaseUrl).toBe(DATABASE_URL);
    expect(config.redisUrl).toBe('redis://:hidden@localhost:6379');
  });

  it.each(['DATABASE_URL', 'REDIS_URL'])('are refused when %s is said twice or nowhere', (name) => {
    const good = { DATABASE_URL, REDIS_URL: 'redis://localhost' } as Record<string, string>;
    const { [name]: own, ...others } = good;
    const at = `${name}_FILE`;
    expect(refusal({ ...good, [at]: fileWith('twice', own!) })).toContain('are both set');
    expect(refusal({ ...others, [at]: join(folder, 'missing') })).toContain('cannot be read');
    expect(refusal({ ...others, [at]: fileWith('empty', ' \n') })).toContain('is empty');
    const wrong = refusal({ ...others, [at]: fileWith('wrong', 'http://user:hidden@host') });
    expect(wrong).toContain(`${name} must be a URL`);
    expect(wrong).not.toContain('hidden');
  });

  it.each([
    ['postgres://app:password@localhost/outturn', undefined, 'DATABASE_URL'],
    ['postgres://outturn:outturn@localhost/outturn', undefined, 'DATABASE_URL'],
    ['postgres://somebody:somebody@localhost/outturn', undefined, 'DATABASE_URL'],
    ['postgres://app:Postgres@localhost/outturn', undefined, 'DATABASE_URL'],
    ['postgres://app:a8d1c09be6@localhost/outturn', 'redis://:redis@localhost', 'REDIS_URL'],
  ])('are refused in production when everybody knows them: %s %s', (database, redis, name) => {
    const OUTTURN_SECRET_KEY = randomBytes(32).toString('base64');
    const environment = { DATABASE_URL: database, REDIS_URL: redis, OUTTURN_SECRET_KEY };
    expect(refusal(environment, loadServiceConfig)).toContain(`${name} has a password`);
    expect(refusal({ ...environment, NODE_ENV: 'development' }, loadServiceConfig)).toBe('none');
  });
});

describe('the audit log', () => {
  const refusal = (environment: NodeJS.ProcessEnv, load = loadConfig): string => {
    try {
      load({ DATABASE_URL: 'postgres://app:a8d1c09be6@localhost/outturn', ...environment });
      return 'none';
    } catch (error) {
      return (error as ConfigurationRefused).message;
    }
  };
  const vkey = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
  const folder = mkdtempSync(join(tmpdir(), 'outturn-log-'));
  const policy = join(folder, 'policy');

  it('needs a name and a key in production, and elsewhere neither', () => {
    const OUTTURN_SECRET_KEY = randomBytes(32).toString('base64');
    const without = refusal({ OUTTURN_SECRET_KEY }, loadServiceConfig);
    expect(without).toContain('LOG_ORIGIN is not set');
    expect(without).toContain('LOG_SIGNING_KEY_FILE is not set');
    expect(refusal({ OUTTURN_SECRET_KEY, ...LOG }, loadServiceConfig)).toBe('none');
    expect(refusal({ NODE_ENV: 'development' }, loadServiceConfig)).toBe('none');
  });

  it.each(['two words', 'a+b', 'outturn-receipt/v1'])('is not named %j', (LOG_ORIGIN) =>
    expect(refusal({ LOG_ORIGIN })).toContain('LOG_ORIGIN must be a name'),
  );

  it('asks the witnesses of a list, all of them, or those of a policy file', () => {
    const all = loadConfig({ DATABASE_URL, LOG_WITNESSES: `a=${vkey}=https://a.example/x?y=z` });
    expect([...all.log.witnesses.witnesses.values()][0]).toMatchObject({
      url: 'https://a.example/x?y=z',
      key: { name: 'remora.n621.de' },
    });
    expect(all.log.witnesses.quorum).toMatchObject({ kind: 'group', needed: 1 });
    writeFileSync(policy, `witness a ${vkey} http://localhost:1\nquorum a\n`);
    const file = loadConfig({ DATABASE_URL, LOG_WITNESSES: policy });
    expect(file.log.witnesses.quorum).toMatchObject({ kind: 'witness', name: 'a' });
    expect(loadConfig({ DATABASE_URL }).log.witnesses.witnesses.size).toBe(0);
  });

  it.each([
    ['a=b=c', 'name=vkey=url'],
    [`a=${vkey}`, 'name=vkey=url'],
    [`a=${vkey}=nowhere`, 'the URL of each witness'],
    [`a=${vkey}=http://x,a=${vkey}=http://y`, 'LOG_WITNESSES cannot be used: Line 2'],
    [join(folder, 'missing'), 'the path of a policy file'],
  ])('is refused witnesses such as %s', (LOG_WITNESSES, why) =>
    expect(refusal({ LOG_WITNESSES })).toContain(why),
  );
});

describe('the public address', () => {
  it.each([
    ['https://outturn.example', 'https://outturn.example'],
    ['https://outturn.example:8443/', 'https://outturn.example:8443'],
    ['http://localhost:4000', 'http://localhost:4000'],
    [undefined, 'http://localhost:3000'],
  ])('%s', (PUBLIC_URL, expected) =>
    expect(loadConfig({ DATABASE_URL, PUBLIC_URL }).publicUrl).toBe(expected),
  );

  it.each(['http://outturn.example', 'https://outturn.example/app', 'outturn.example', 'ftp://x'])(
    'is not %s',
    (PUBLIC_URL) => expect(() => loadConfig({ DATABASE_URL, PUBLIC_URL })).toThrow('PUBLIC_URL'),
  );
});
