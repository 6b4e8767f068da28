import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, loadServiceConfig, type ConfigurationRefused } from './config.js';

const DATABASE_URL = 'postgres://app:a8d1c09be6@localhost/outturn';
const FROM = 'Outturn <outturn@outturn.example>';
const lettersOf = (environment: NodeJS.ProcessEnv) =>
  loadConfig({ DATABASE_URL, LETTERS_FROM: FROM, ...environment }).letters;
const serverOf = (SMTP_URL: string, more: NodeJS.ProcessEnv = {}) => {
  const to = lettersOf({ SMTP_URL, ...more })!.to;
  return to.kind === 'server' ? to.server : null;
};
const refusal = (environment: NodeJS.ProcessEnv, load = loadConfig): string => {
  try {
    load({ DATABASE_URL, ...environment });
    return 'none';
  } catch (error) {
    return (error as ConfigurationRefused).message;
  }
};

describe('where letters go', () => {
  it('is nowhere, a folder or a mail server', () => {
    expect(lettersOf({})).toBeNull();
    expect(lettersOf({ LETTERS_DIR: '/var/spool/outturn' })).toEqual({
      from: FROM,
      to: { kind: 'folder', folder: '/var/spool/outturn' },
    });
    expect(lettersOf({ SMTP_URL: 'smtps://out%40turn:p%3Ass%2Fw@mail.example' })).toEqual({
      from: FROM,
      to: {
        kind: 'server',
        server: {
          host: 'mail.example',
          port: 465,
          security: 'tls',
          login: { user: 'out@turn', password: 'p:ss/w' },
          seconds: 30,
        },
      },
    });
  });

  it('is not both', () =>
    expect(refusal({ SMTP_URL: 'smtp://mail.example', LETTERS_DIR: '/x' })).toContain(
      'LETTERS_DIR and SMTP_URL are both set',
    ));
});

describe('a mail server', () => {
  it.each([
    ['smtp://mail.example', {}, { port: 587, security: 'starttls', login: null }],
    ['smtp://mail.example:25/', {}, { port: 25, security: 'starttls' }],
    ['smtp://localhost:1025', {}, { port: 1025, security: 'starttls' }],
    ['smtp://[::1]:1025', {}, { host: '::1', security: 'starttls' }],
    ['smtp://Relay', { UNENCRYPTED_HOSTS: 'redis,RELAY' }, { security: 'none' }],
    ['smtps://relay', { UNENCRYPTED_HOSTS: 'relay' }, { port: 465, security: 'tls' }],
    ['smtp://relay', { SMTP_SECONDS: '5' }, { seconds: 5 }],
  ] as const)('%s %j is spoken to so, in production as elsewhere', (url, more, expected) => {
    for (const NODE_ENV of ['production', 'development'])
      expect(serverOf(url, { ...more, NODE_ENV })).toMatchObject(expected);
  });

  it.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://user@mail.example',
    'smtp://:hidden@mail.example',
    'smtp://user:hid%den@mail.example',
    'smtp://mail.example/path',
    'smtp://mail.example?ignoreTLS=true',
    'smtps://mail.example?tls.rejectUnauthorized=false',
    'smtp://mail.example#x',
  ])('is not %s', (SMTP_URL) => {
    const fault = refusal({ SMTP_URL, LETTERS_FROM: FROM });
    expect(fault).toContain('SMTP_URL must be');
    expect(fault).not.toMatch(/hid|mail\.example/);
  });

  it('is named in a file as well, or here, and not twice', () => {
    const SMTP_URL_FILE = join(mkdtempSync(join(tmpdir(), 'outturn-smtp-')), 'url');
    writeFileSync(SMTP_URL_FILE, 'smtps://outturn:hidden@mail.example\n');
    expect(lettersOf({ SMTP_URL_FILE })).toMatchObject({
      to: { server: { host: 'mail.example', login: { password: 'hidden' } } },
    });
    expect(refusal({ SMTP_URL_FILE, SMTP_URL: 'smtp://mail.example' })).toContain(
      'SMTP_URL and SMTP_URL_FILE are both set',
    );
    expect(refusal({ SMTP_URL_FILE: `${SMTP_URL_FILE}.missing` })).toContain('cannot be read');
  });
});

describe('whom letters are from', () => {
  it.each([
    'outturn',
    'a@b.example, c@d.example',
    'All: a@b.example;',
    'Outturn <a@b.example>\r\nBcc: c@d.example',
    'Outturn <a@b@c.example>',
  ])('is one address, and not %j', (LETTERS_FROM) =>
    expect(refusal({ LETTERS_FROM, LETTERS_DIR: '/x' })).toContain('LETTERS_FROM must be'),
  );
});

describe('a service in production', () => {
  const production = {
    OUTTURN_SECRET_KEY: 'c2Vydmljay1rZXktMDEyMzQ1Njc4OTAxMjM0NTY3ODk=',
    LOG_ORIGIN: 'example.org/log',
    LOG_SIGNING_KEY_FILE: '/run/secrets/log',
  };
  const refusalOf = (more: NodeJS.ProcessEnv) =>
    refusal({ ...production, ...more }, loadServiceConfig);

  it('starts with a folder, a mail server or neither', () => {
    expect(refusalOf({})).toBe('none');
    expect(refusalOf({ LETTERS_DIR: '/x' })).toBe('none');
    expect(refusalOf({ SMTP_URL: 'smtps://mail.example', LETTERS_FROM: FROM })).toBe('none');
  });

  it('needs a sender of its own for a mail server', () =>
    expect(refusalOf({ SMTP_URL: 'smtps://mail.example' })).toContain('LETTERS_FROM is not set'));

  it('has no password there that everybody tries first', () => {
    const SMTP_URL = 'smtps://outturn:changeme@mail.example';
    const fault = refusalOf({ SMTP_URL, LETTERS_FROM: FROM });
    expect(fault).toContain('SMTP_URL has a password that is tried first');
    expect(refusalOf({ SMTP_URL, LETTERS_FROM: FROM, NODE_ENV: 'development' })).toBe('none');
  });
});
