import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { perPointTerms } from '../../test/support/record.builder.js';
import { trialTerms } from '../../test/support/trial-terms.js';
import { activationProblems } from '../domain/contract-terms/activation/activation-problems.js';
import { parseDraft, parseTermsSource } from '../domain/contract-terms/parse.js';
import { INSTRUMENTS } from '../domain/instruments/registry.js';
import { runCli } from './run.js';

const FILES = resolve(__dirname, '../../test/support/instruments');
const PHQ9 = join(FILES, 'phq-9.questionnaire.json');
const DICTIONARY = join(FILES, 'data-dictionary.csv');
const CHOICES = '--improvement lower --licence whole --missing-allowed 0';

async function outturn(args: string) {
  const written = { out: '', err: '' };
  const status = await runCli(args.split(' '), {
    environment: {},
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  });
  return { status, ...written };
}

/** What keeps terms from coming into force whose metric is measured with the printed instrument. */
function problemsWith(yaml: string, instrument: string) {
  const { instruments } = parseTermsSource(yaml) as { instruments: object[] };
  const terms = trialTerms({ ...perPointTerms() });
  const metrics = [{ ...terms.metrics[0]!, instrument }];
  return activationProblems(parseDraft({ ...terms, instruments, metrics }));
}

describe('outturn instrument', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'outturn-instruments-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('list shows every built-in one', async () => {
    const { status, out } = await outturn('instrument list');
    expect(status).toBe(0);
    for (const id of Object.keys(INSTRUMENTS)) expect(out).toContain(id);
    expect(out).toMatch(/swemwbs .*7 to 35 \(2 decimals\).*higher.*score-only/);
    expect(out).toMatch(/asq-3 .*subscales only/);
    const json = await outturn('instrument list --json');
    expect(JSON.parse(json.out)).toHaveLength(Object.keys(INSTRUMENTS).length);
  });

  it('show tells how one is scored', async () => {
    const { out } = await outturn('instrument show de-jong-gierveld-6');
    expect(out).toContain(
      'Score: 0 to 6, lower is better; 1 may be missing, and the rest is summed',
    );
    expect(out).toContain('Subscale social: 0 to 3, lower is better; every answer is needed');
    expect(out).toContain(
      'item:item-4\n    1 Yes counts 0 | 2 More or less counts 1 | 3 No counts 1',
    );
    expect((await outturn('instrument show swemwbs')).out).toContain('  22  19.98');
    expect((await outturn('instrument show phq-9 --json')).out).toContain('"loinc":"44249-1"');
    const unknown = await outturn('instrument show phq-8');
    expect(unknown.status).toBe(1);
    expect(unknown.err).toContain('There is no built-in instrument "phq-8"');
  });

  it('import prints what terms can take as it stands, with what was left out', async () => {
    const { status, out } = await outturn(
      `instrument import ${PHQ9} --from fhir ${CHOICES} --without 69722-7`,
    );
    expect(status).toBe(0);
    expect(out).toContain('# "44261-6" (Total score) is left out: it is not a choice (decimal).');
    expect(problemsWith(out, 'phq-9-form')).toEqual([]);
    const dictionary = await outturn(
      `instrument import ${DICTIONARY} --from redcap --form ucla_loneliness --without how_taken ${CHOICES} --id our-ucla --reversed left_out,isolated`,
    );
    expect(problemsWith(dictionary.out, 'our-ucla')).toEqual([]);
    expect(dictionary.out.match(/reversed: true/g)).toHaveLength(2);
  });

  it('import takes a conversion table', async () => {
    const file = join(folder, 'table.csv');
    const rows = Array.from({ length: 7 }, (_, index) => `${index + 3},${index * 1.5 + 40}`);
    writeFileSync(file, ['raw,score', ...rows].join('\r\n'));
    const { out } = await outturn(
      `instrument import ${DICTIONARY} --from redcap --form ucla_loneliness --without how_taken ${CHOICES} --conversion ${file}`,
    );
    expect(out).toContain('min: "40"');
    expect(out).toContain('decimals: 1');
    expect(problemsWith(out, 'ucla_loneliness')).toEqual([]);
  });

  it('import asks for what no file can tell', async () => {
    for (const option of [
      '--from fhir',
      '--improvement lower',
      '--licence whole',
      '--missing-allowed 0',
    ]) {
      const others = `--from fhir ${CHOICES}`.replace(option, '').trim().replace(/ +/g, ' ');
      const { status, err } = await outturn(`instrument import ${PHQ9} ${others}`);
      expect(status).toBe(2);
      expect(err).toContain(option.split(' ')[0]);
    }
    const word = `--from fhir --improvement lower --licence whole --missing-allowed none`;
    expect((await outturn(`instrument import ${PHQ9} ${word}`)).status).toBe(2);
  });

  it('import refuses what cannot be scored or read', async () => {
    const unscored = await outturn(`instrument import ${PHQ9} --from fhir ${CHOICES}`);
    expect(unscored.status).toBe(1);
    expect(unscored.err).toContain('No answer of "69722-7"');
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{');
    const broken = await outturn(`instrument import ${file} --from fhir ${CHOICES} --json`);
    expect(broken).toMatchObject({ status: 1, out: expect.not.stringContaining('instruments') });
    expect(broken.out + broken.err).toContain('FILE_NOT_OF_FORMAT');
    writeFileSync(file, 'a,b\n"1');
    const csv = await outturn(`instrument import ${file} --from redcap ${CHOICES} --json`);
    expect(csv.out + csv.err).toContain('FILE_NOT_OF_FORMAT');
  });
});
