import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { publicFolder } from './places.js';

const ONE_YEAR_SECONDS = 31_536_000;

/** Thrown at start when the files that pages refer to have not been made. */
export class AssetsMissing extends Error {
  constructor() {
    super(
      'The styles and scripts of the pages are not there. Run `npm run build` (or node scripts/web/build-assets.mjs), which puts them into public/.',
    );
    this.name = 'AssetsMissing';
  }
}

/** Where the files are whose addresses change with their content. */
export function assetsVersion(): string {
  try {
    const text = readFileSync(join(publicFolder, 'manifest.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    throw new AssetsMissing();
  }
}

/** The address of a file that pages refer to. */
export const assetAddress = (version: string, name: string): string => `/assets/${version}/${name}`;

/** Serves them; a browser may keep each for ever, because another content has another address. */
export async function serveAssets(app: NestFastifyApplication): Promise<void> {
  const version = assetsVersion();
  await app.register(fastifyStatic, {
    root: join(publicFolder, version),
    prefix: assetAddress(version, ''),
    decorateReply: false,
    index: false,
    dotfiles: 'deny',
    immutable: true,
    maxAge: ONE_YEAR_SECONDS * 1_000,
  });
}
