import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the project, seen from the sources and from the compiled program alike. */
function projectRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectRoot(dirname(folder));
}

const root = projectRoot(here);

/** The templates, beside the compiled program. */
export const viewsFolder = join(here, '../views');

/** GOV.UK Frontend's macros. */
export const macrosFolder = join(root, 'node_modules/govuk-frontend/dist');

/** What scripts/web/build-assets.mjs makes. */
export const publicFolder = join(root, 'public');
