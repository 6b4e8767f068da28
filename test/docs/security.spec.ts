import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const page = readFileSync('docs/security.md', 'utf8');

/** Every file of the program but its tests and the demo, by its path. */
const sources = new Map(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join('src', file.replaceAll('\\', '/')))
    .filter((file) => /(?<!\.spec)\.ts$/.test(file) && !file.startsWith('src/demo/'))
    .map((file) => [file, readFileSync(file, 'utf8')]),
);

/** The rows of the table under a heading, cell by cell. */
const rowsUnder = (heading: string): string[][] =>
  page
    .slice(page.indexOf(`\n## ${heading}\n`))
    .split('\n## ', 2)[1]!
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| --'))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const filesIn = (text: string): string[] =>
  [...text.matchAll(/`(src\/[^`]+)`/g)].map(([, it]) => it!);

/** Files that import one of these, and not only its types. */
const importing = (modules: RegExp): string[] =>
  [...sources]
    .filter(([, text]) =>
      [...text.matchAll(/^import (?!type\b)[^;]*? from '([^']+)';$/gms)].some(([, from]) =>
        modules.test(from!),
      ),
    )
    .map(([file]) => file)
    .sort();

describe('the inventory of cryptography', () => {
  const CRYPTOGRAPHY =
    /^(node:crypto|node:tls|node:https|jose|@node-rs\/argon2|otpauth|openid-client|@simplewebauthn\/server|nodemailer)$/;
  const rows = rowsUnder('Inventory of cryptography');

  it('has every file that uses any, once, and no other', () => {
    const used = [...sources]
      .filter(([, text]) =>
        [...text.matchAll(/^import [^;]*? from '([^']+)';$/gms)].some(([, from]) =>
          CRYPTOGRAPHY.test(from!),
        ),
      )
      .map(([file]) => file);
    const listed = rows.flatMap(([, , where]) => filesIn(where!));
    expect(listed.sort()).toEqual(used.sort());
  });

  it('has every algorithm that a file names, and no file names one of old', () => {
    const missing: string[] = [];
    for (const [what, algorithms, where] of rows)
      for (const file of filesIn(where!))
        for (const named of algorithmsOf(sources.get(file) ?? ''))
          if (!algorithms!.includes(named)) missing.push(`${what}: ${file} uses ${named}`);
    expect(missing).toEqual([]);
    const old = /\b(md5|sha1|des|3des|rc4|ecb|blowfish|aes-\d+-cbc)\b/i;
    const found = [...sources].filter(([, text]) =>
      [...text.matchAll(/create\w+\(\s*'([^']+)'/g)].some(([, name]) => old.test(name!)),
    );
    expect(found.map(([file]) => file)).toEqual([]);
  });

  function algorithmsOf(text: string): string[] {
    const plain = [...text.matchAll(/\b(?:createHash|hash)\(\s*'([^']+)'/g)].map(
      ([, name]) => name!,
    );
    const keyed = [...text.matchAll(/createHmac\(\s*'([^']+)'/g)].map(([, name]) => `HMAC-${name}`);
    const sealed = [...text.matchAll(/createCipheriv\(\s*'([^']+)'/g)].map(([, name]) => name!);
    const derived = [...text.matchAll(/hkdfSync\(\s*'([^']+)'/g)].map(([, name]) => `HKDF-${name}`);
    return [...plain, ...keyed, ...sealed, ...derived].map((name) =>
      name.toUpperCase().replace(/SHA(\d)/, 'SHA-$1'),
    );
  }
});

describe('the list of those it speaks with', () => {
  const rows = rowsUnder('With whom it speaks');

  it('has every file that opens a connection or a door, and no other', () => {
    const CONNECTING =
      /^(pg|ioredis|bullmq|node:https?|node:dns|node:dgram|node:tls|openid-client|nodemailer)$/;
    const calling = [...sources]
      .filter(([, text]) => /(?<![.\w])fetch\(/.test(text.replace(/\.fetch\(/g, '')))
      .map(([file]) => file);
    const opening = importing(CONNECTING).filter((file) => !NEITHER.includes(file));
    const databases = importing(/^typeorm$/).filter((file) => /database\//.test(file));
    const listed = rows.flatMap(([, , , where]) => filesIn(where!));
    expect(listed.sort()).toEqual([...new Set([...calling, ...opening, ...databases])].sort());
  });

  it('names the settings of each', () => {
    const example = readFileSync('.env.example', 'utf8');
    const named = rows.flatMap(([, settings]) => [...settings!.matchAll(/`(\w+)`/g)]);
    for (const [, name] of named) expect(example).toContain(`\n${name}=`);
  });

  /** One takes only how pg writes its types, the other only how nodemailer writes a letter. */
  const NEITHER = [
    'src/platform/database/type-parsers.ts',
    'src/platform/letters/pickup-folder.ts',
  ];
});

it('every message of the log is written down with its level, and no other', () => {
  const LOGGED =
    /\blogger\.(log|warn|error|fatal|debug)\(\s*('(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[\w.]+)/g;
  const said = new Set<string>();
  for (const [file, text] of sources)
    if (!file.endsWith('logging/logger.ts'))
      for (const [, level, message] of text.matchAll(LOGGED))
        said.add(
          `${level === 'log' ? 'info' : level}: ${message!.replace(/^['`]|['`]$/g, '').replace(/\$\{[^}]*\}/g, '…')}`,
        );
  const listed = rowsUnder('What is logged').map(
    ([message, level]) => `${level}: ${message!.replaceAll('`', '')}`,
  );
  expect(listed.sort()).toEqual([...said].sort());
});
