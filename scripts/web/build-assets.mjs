// Makes the files that pages refer to, in public/<digest of all of them>/: the address of a file changes with its
// content, so that a browser may keep it for ever. Does nothing when public/ is made of the sources as they are.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectRoot } from '../services/binaries.mjs';
import { exclusively } from '../services/register.mjs';

const source = path.join(projectRoot, 'src/web/assets');
const target = path.join(projectRoot, 'public');
const manifest = path.join(target, 'manifest.json');
const packages = path.join(projectRoot, 'node_modules');

const read = (...parts) => fs.readFileSync(path.join(...parts));
const filesIn = (folder) => fs.readdirSync(folder).sort();
const digestOf = (files) => {
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest('hex');
};

/** Everything that the result depends on, to see whether it has to be made again. */
function sourcesDigest() {
  const own = ['styles', 'scripts', 'images'].flatMap((folder) =>
    filesIn(path.join(source, folder)).map((name) => [name, read(source, folder, name)]),
  );
  const others = ['govuk-frontend', '@fontsource/atkinson-hyperlegible', '@simplewebauthn/browser'];
  return digestOf([
    ...own,
    ...others.map((name) => [name, read(packages, name, 'package.json')]),
    ['this', read(import.meta.filename)],
  ]);
}

async function styles() {
  // loaded here, because it takes longer than finding out that there is nothing to do
  const sass = createRequire(import.meta.url)('sass');
  const { css } = sass.compile(path.join(source, 'styles/outturn.scss'), {
    loadPaths: [packages],
    style: 'compressed',
    quietDeps: true,
  });
  if (/GDS Transport|govuk-crest/i.test(css))
    throw new Error(
      'The styles use a brand that is not ours: GOV.UK has its font and crest for itself',
    );
  return Buffer.from(css);
}

/** The passkey library is published for <script> and for bundlers; this makes one ES module of the former. */
function passkeyLibrary() {
  const bundle = read(packages, '@simplewebauthn/browser/dist/bundle/index.umd.min.js');
  return Buffer.concat([
    Buffer.from('const module = { exports: {} };\nconst exports = module.exports;\n'),
    bundle,
    Buffer.from(
      '\nexport const { browserSupportsWebAuthn, startAuthentication, startRegistration } = module.exports;\n',
    ),
  ]);
}

async function assets() {
  const fonts = path.join(packages, '@fontsource/atkinson-hyperlegible/files');
  const isUsed = (name) => /-(400|700)-normal\.woff2$/.test(name);
  return [
    ['outturn.css', await styles()],
    ['govuk-frontend.js', read(packages, 'govuk-frontend/dist/govuk/govuk-frontend.min.js')],
    ['webauthn.js', passkeyLibrary()],
    ...filesIn(path.join(source, 'scripts')).map((name) => [name, read(source, 'scripts', name)]),
    ...filesIn(path.join(source, 'images')).map((name) => [name, read(source, 'images', name)]),
    ...filesIn(fonts)
      .filter(isUsed)
      .map((name) => [`fonts/${name}`, read(fonts, name)]),
  ];
}

const isMade = (from) =>
  fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, 'utf8')).from === from;

async function make(from) {
  const files = await assets();
  const version = digestOf(files).slice(0, 16);
  for (const [name, content] of files) {
    const file = path.join(target, version, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  const fresh = `${manifest}.${process.pid}`;
  fs.writeFileSync(fresh, `${JSON.stringify({ version, from })}\n`);
  fs.renameSync(fresh, manifest); // a reader finds the old one or the new one, whole
  for (const name of filesIn(target))
    if (name !== version && name !== 'manifest.json')
      fs.rmSync(path.join(target, name), { recursive: true, force: true });
}

const from = sourcesDigest();
if (!isMade(from)) {
  const local = path.join(projectRoot, '.local');
  fs.mkdirSync(local, { recursive: true });
  // several tests or commands started at once make it once
  await exclusively(local, async () => {
    if (!isMade(from)) await make(from);
    return 0;
  });
}
