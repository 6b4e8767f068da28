import { readdirSync, readFileSync } from 'node:fs';
import { fuzz } from '../../../test/support/weigh-whatever-activates.js';
import { parseTermsSource } from './parse.js';

const FOLDER = 'examples/contracts';

it('terms of the example contracts with anything in any place are refused, or can be computed', () => {
  const documents = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => parseTermsSource(readFileSync(`${FOLDER}/${name}/terms.yaml`, 'utf8')));
  expect(documents.length).toBeGreaterThan(0);
  expect(fuzz(documents as object[], 1000).activated).toBeGreaterThan(20);
});
