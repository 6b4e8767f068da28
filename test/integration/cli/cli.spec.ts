import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ContractMembersService } from '../../../src/contracts/contract-members.service.js';
import { openApplication, type Application } from '../../../src/cli/application.js';
import { runCli } from '../../../src/cli/run.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { PeopleService } from '../../../src/access/people.service.js';
import { ComputationPerformer } from '../../../src/payments/computation-performer.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { asOwner } from '../../support/owner.js';

const EXAMPLES = resolve(__dirname, '../../../examples/contracts');
const CODE = 'worcestershire-stronger-families';
const example = (name: string) => join(EXAMPLES, CODE, name);

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A command line as it would be typed, with what it wrote and the status it ended with. */
async function outturn(args: string | readonly string[], key?: string): Promise<Ran> {
  const written = { out: '', err: '' };
  const terminal: Terminal = {
    environment: { ...process.env, ...(key === undefined ? {} : { OUTTURN_API_KEY: key }) },
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const status = await runCli(typeof args === 'string' ? args.split(' ') : [...args], terminal);
  return { status, ...written };
}

/** The administrator and the people of the contract, each with their key. */
interface People {
  administrator: string;
  provider: string;
  commissioner: string;
}

describe('outturn', () => {
  let application: Application;
  let folder: string;
  const keys: People = { administrator: '', provider: '', commissioner: '' };

  beforeAll(async () => {
    application = await openApplication();
    folder = mkdtempSync(join(tmpdir(), 'outturn-cli-'));
    const people = application.get(PeopleService);
    await application.get(TransactionRunner).run(SERVICE.operator, async (tx) => {
      const added = await people.addFirstAdministrator(tx, { email: 'a@x.example', name: 'A' });
      const actor = await people.actorByEmail(tx, 'a@x.example', 'cli');
      const add = async (email: string) =>
        (await people.addPerson(tx, actor, { email, name: email, isAdministrator: false })).apiKey;
      keys.administrator = added.apiKey;
      keys.provider = await add('p@x.example');
      keys.commissioner = await add('c@x.example');
    });
  });

  afterAll(async () => {
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fileWith = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  async function letIn(email: string, party: string, role: 'provider' | 'commissioner') {
    const transactions = application.get(TransactionRunner);
    const actor = await transactions.readOnly(SERVICE.operator, (tx) =>
      application.get(PeopleService).actorByEmail(tx, 'a@x.example', 'cli'),
    );
    await transactions.run(actor, async (tx) => {
      await application
        .get(ContractMembersService)
        .addMember(tx, actor, CODE, { email, party, role });
    });
  }

  describe('before anything is recorded', () => {
    it('shows how it is used, with its exit statuses', async () => {
      const { status, out } = await outturn('--help');
      expect(status).toBe(0);
      for (const word of [
        'migrate',
        'demo',
        'contract',
        'import',
        'compute',
        'explain',
        'audit',
        'export',
      ])
        expect(out).toContain(word);
      expect(out).toContain('4  a check failed');
    });

    it('ends with 2 and a hint where the command line cannot be understood', async () => {
      expect(await outturn('comptue')).toMatchObject({ status: 2, out: '' });
      expect(await outturn('compute --contract x')).toMatchObject({
        status: 2,
        err: expect.stringContaining('--all'),
      });
    });

    it('works a clause through on an example or on typed-in values, and explains it', async () => {
      const terms = join(EXAMPLES, 'worcestershire-loneliness', 'terms.yaml');
      const attempt = ['contract', 'try', terms, '--clause', '4.1'];
      const name = 'One point by six months and a second by eighteen pays both';
      const named = await outturn([...attempt, '--example', name]);
      expect(named).toMatchObject({ status: 0, err: '' });
      expect(named.out).toContain('UCLA fell from 8 to 7');
      expect(named.out).toContain('Step        R4');
      expect(named.out).toContain(`Clause 4.1 pays £1,320.00 for "${name}"`);
      const values = fileWith(
        'values.yaml',
        `participants:
  - startedOn: 2015-06-02
    cohort: year-1
    attributes: { age: 71, screening_score: 8 }
    times: 3
    observations:
      - { metric: ucla, occurrence: baseline, measuredOn: 2015-06-02, value: '8' }
      - { metric: ucla, occurrence: 6m, measuredOn: 2015-12-10, value: '7' }
`,
      );
      const typed = await outturn([...attempt, '--input', values, '--json']);
      expect(JSON.parse(typed.out)).toMatchObject({ amount: '1980.00', expect: null });
      expect((await outturn(attempt)).status).toBe(2);
      expect(await outturn([...attempt, '--example', 'Nine'])).toMatchObject({
        status: 1,
        err: expect.stringContaining('EXAMPLE_UNKNOWN'),
      });
    });

    it('adds nobody without a usable address and a name', async () => {
      for (const [email, name] of [
        ['notanemail', 'X'],
        ['x@y.example', ''],
      ] as const) {
        const added = application
          .get(TransactionRunner)
          .run(SERVICE.operator, (tx) =>
            application.get(PeopleService).addFirstAdministrator(tx, { email, name }),
          );
        await expect(added).rejects.toMatchObject({ code: 'PERSON_NOT_NAMED' });
      }
      expect(await outturn('person add notanemail X --first-administrator')).toMatchObject({
        status: 1,
        err: expect.stringContaining('PERSON_NOT_NAMED'),
      });
    });

    it('finds the database up to date', async () => {
      expect(await outturn('migrate --json')).toEqual({
        status: 0,
        out: '{"applied":[]}\n',
        err: '',
      });
    });

    it('finds the terms of an example ready, and lists every fault of terms that are not', async () => {
      const good = await outturn(`contract validate ${example('terms.yaml')}`);
      expect(good).toMatchObject({ status: 0, err: '' });
      const terms = readFileSync(example('terms.yaml'), 'utf8');
      const bad = fileWith(
        'bad.yaml',
        terms.replace('share: 100%', 'share: 99.99%').replace("'4000.00'", "'-4000.00'"),
      );
      const refused = await outturn(`contract validate ${bad}`);
      expect(refused.status).toBe(1);
      expect(refused.err).toContain('SHARES_NOT_WHOLE');
      expect(refused.err).toContain('PRICE_NEGATIVE');
      const asJson = await outturn(`contract validate ${bad} --json`);
      expect(JSON.parse(asJson.err)).toMatchObject({
        code: 'ACTIVATION_REFUSED',
        faults: expect.arrayContaining([expect.objectContaining({ code: 'SHARES_NOT_WHOLE' })]),
      });
    });

    it('validates and computes several folders at once, and says in which file a fault is', async () => {
      const folders = `${join(EXAMPLES, 'rough-sleeping')} ${join(EXAMPLES, 'newpin')}`;
      const valid = await outturn(`contract validate ${folders}`);
      expect(valid).toMatchObject({ status: 0, err: '' });
      expect(valid.out).toContain('as amended from 1 July 2016, is ready for activation');
      const computed = await outturn(`contract compute ${folders} --json`);
      const totals = computed.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { total: string }).total);
      expect(totals).toEqual(['29200.00', '1755000.00']);
      const empty = fileWith('terms.yaml', 'format: outturn-terms/2\n');
      const refused = await outturn(`contract validate ${join(EXAMPLES, 'newpin')} ${empty}`);
      expect(refused.status).toBe(1);
      expect(refused.err).toContain(`${empty} /format`);
    });

    it('says which file it cannot read, and that a key is needed or wrong', async () => {
      expect(await outturn('contract validate nowhere.yaml')).toMatchObject({
        status: 1,
        err: expect.stringContaining('"nowhere.yaml" cannot be read (ENOENT)'),
      });
      expect((await outturn(`contract draft ${example('terms.yaml')}`)).err).toContain(
        'KEY_MISSING',
      );
      expect((await outturn(`contract activate ${CODE}`, 'ot_wrong')).err).toContain(
        'NOT_SIGNED_IN',
      );
    });
  });

  describe('people', () => {
    it('adds an administrator without a key, and others by an administrator only', async () => {
      const first = await outturn('person add B@X.example Bea --first-administrator --json');
      const { apiKey, ...person } = JSON.parse(first.out) as Record<string, unknown>;
      expect(person).toMatchObject({ email: 'b@x.example', name: 'Bea', isAdministrator: true });
      expect(person['passwordLink']).toMatch(/^http:\/\/localhost:\d+\/set-password\/[\w-]{43}$/);
      const added = await outturn('person add d@x.example Dan', String(apiKey));
      expect(added.out).toMatch(/Dan <d@x.example> is added\.\n.*ot_/);
      expect(added.out).not.toContain('set-password'); // an administrator never sees another's link
      const refused = await outturn('person add e@x.example Eve', keys.provider);
      expect(refused).toMatchObject({
        status: 1,
        err: expect.stringContaining('PERMISSION_REFUSED'),
      });
    });
  });

  describe('from terms to statement', () => {
    it('saves a draft, and does not say so where another one is kept', async () => {
      const first = await outturn(`contract draft ${example('terms.yaml')}`, keys.administrator);
      expect(first).toMatchObject({ status: 0, err: '' });
      const again = await outturn(`contract draft ${example('terms.yaml')}`, keys.administrator);
      expect(again).toMatchObject({ status: 1, out: '' });
      expect(again.err).toContain('CONTRACT_CODE_TAKEN');
      await letIn('p@x.example', 'county-council', 'provider');
      await letIn('c@x.example', 'government', 'commissioner');
    });

    it('brings the terms into force with the second consent', async () => {
      const one = await outturn(`contract activate ${CODE}`, keys.provider);
      expect(one.out).toContain("The other side's is awaited");
      const two = await outturn(`contract activate ${CODE}`, keys.commissioner);
      expect(two.out).toContain('is in force');
    });

    it('imports both kinds of file, told apart by their heading, and changes nothing the second time', async () => {
      const people = await outturn(
        `import ${example('participants.csv')} --contract ${CODE} --json`,
        keys.provider,
      );
      expect(JSON.parse(people.out)).toMatchObject({
        kind: 'participants',
        rows: 833,
        rowsNew: 833,
      });
      const events = `import measurements ${example('measurements.csv')} --contract ${CODE} --json`;
      const first = await outturn(events, keys.provider);
      expect(JSON.parse(first.out)).toMatchObject({ rowsNew: 863, replayed: false });
      const again = await outturn(events, keys.provider);
      expect(JSON.parse(again.out)).toMatchObject({ rowsNew: 863, replayed: true });
    });

    it.each(['import', 'import participants'])(
      'reads what comes through a pipe as it would the file: %s',
      async (command) => {
        const own = mkdtempSync(join(folder, 'piped-'));
        const before = process.env['TMPDIR'];
        process.env['TMPDIR'] = own; // so that nobody else leaves anything there
        const pipe = join(folder, `${command.replace(' ', '-')}.pipe`);
        execFileSync('mkfifo', [pipe]);
        const piping = pipeline(
          createReadStream(example('participants.csv')),
          createWriteStream(pipe),
        );
        const ran = await outturn(`${command} ${pipe} --contract ${CODE} --json`, keys.provider);
        await piping;
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
        expect(JSON.parse(ran.out)).toMatchObject({ kind: 'participants', replayed: true });
        expect(readdirSync(own)).toEqual([]);
      },
    );

    it('takes no other file than the one whose digest is given', async () => {
      const file = fileWith('part.csv', 'reference,cohort,started_on\nSF-X,all,2013-05-01\n');
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
      const other = `import ${file} --contract ${CODE} --sha256 ${'0'.repeat(64)}`;
      expect(await outturn(other, keys.provider)).toMatchObject({
        status: 1,
        err: expect.stringMatching(/0{64}. Nothing was recorded[^]*FILE_NOT_EXPECTED/),
      });
      const itself = `import ${file} --contract ${CODE} --sha256 ${sha256.toUpperCase()}`;
      const { err } = await outturn(itself, keys.provider);
      expect(err).not.toContain('FILE_NOT_EXPECTED');
    });

    it('refuses a faulty file with every fault by row, and a file of neither kind', async () => {
      const faulty = fileWith(
        'faulty.csv',
        'reference,metric,measured_on,event\nSF-0001,esf_only,2013-13-01,E-1\nSF-9999,esf_only,2013-05-01,E-2\n',
      );
      const refused = await outturn(`import ${faulty} --contract ${CODE}`, keys.provider);
      expect(refused.status).toBe(1);
      expect(refused.err).toContain('NOT_A_DATE');
      expect(refused.err).toContain('PARTICIPANT_UNKNOWN');
      const neither = fileWith('neither.csv', 'name,colour\nx,y\n');
      expect(await outturn(`import ${neither} --contract ${CODE}`, keys.provider)).toMatchObject({
        status: 1,
        err: expect.stringContaining('FILE_KIND_UNKNOWN'),
      });
    });

    it.each<[string, string | Buffer]>([
      ['FILE_EMPTY', ''],
      ['FILE_IS_GZIP', Buffer.from('1f8b0800', 'hex')],
      ['FILE_IS_WORKBOOK', Buffer.from('504b0304140006000800', 'hex')],
      ['FILE_IS_PDF', '%PDF-1.7'],
      ['ENCODING_UTF16', Buffer.from('\ufeffreference,metric\n', 'utf16le')],
      ['NUL_BYTE', Buffer.alloc(100)],
      ['COLUMNS_NOT_SEPARATED_BY_COMMAS', 'reference;metric;measured_on\nSF-1;x;2013-05-01\n'],
      ['SEPARATOR_LINE', 'sep=,\nreference,metric,measured_on\n'],
    ])(
      'says %s of a file whose kind cannot be seen for it, in the words of the import',
      async (code, bytes) => {
        const file = join(folder, `${code}.csv`);
        writeFileSync(file, bytes);
        const unsaid = await outturn(`import ${file} --contract ${CODE}`, keys.provider);
        expect(unsaid).toMatchObject({ status: 1, err: expect.stringContaining(code) });
        const said = await outturn(`import participants ${file} --contract ${CODE}`, keys.provider);
        expect(unsaid).toEqual(said);
      },
    );

    it.each(['import', 'import participants'])('says that a folder is one: %s', async (command) => {
      const { status, err } = await outturn(
        `${command} ${folder} --contract ${CODE}`,
        keys.provider,
      );
      expect(status).toBe(1);
      expect(err).toContain('FILE_NOT_READABLE');
      expect(err).toContain(`"${folder}" is a folder. Name a file in it.`);
    });

    it('tells files of figures and of signed results by their columns too', async () => {
      const figures = fileWith(
        'figures.csv',
        'Metric,From,To,Numerator,Denominator\nreviews,2013-04-01,2013-07-01,1,2\n',
      );
      expect(await outturn(`import ${figures} --contract ${CODE}`, keys.provider)).toMatchObject({
        status: 1,
        err: expect.stringContaining('Rates of these terms: none'),
      });
      const effects = fileWith(
        'effects.csv',
        `metric,cohort,value,n,signed on,document_sha256\nx,,1%,1,2013-07-01,${'0'.repeat(64)}\n`,
      );
      expect(await outturn(`import ${effects} --contract ${CODE}`, keys.provider)).toMatchObject({
        status: 1,
        err: expect.stringContaining('effect:sign'),
      });
    });

    it('computes a period, explains a line of it, and exports its lines', async () => {
      const asked = await outturn(
        `compute --contract ${CODE} --period 2013-07 --json`,
        keys.provider,
      );
      const [view] = JSON.parse(asked.out) as { id: string }[];
      await application.get(ComputationPerformer).perform(view!.id);
      const { out } = await outturn(`export lines --contract ${CODE}`, keys.commissioner);
      const rows = out.trim().split('\n');
      expect(rows).toHaveLength(1 + 34);
      const reference = rows[1]!.split(',')[0]!;
      const explained = await outturn(`explain ${reference}`, keys.commissioner);
      expect(explained).toMatchObject({ status: 0, err: '' });
      expect(explained.out).toContain('£4,000.00');
      expect(explained.out).toContain('Clause      1 Results for a family');
    });

    it('refuses a period before its turn, and a person without the permission', async () => {
      const early = await outturn(`compute --contract ${CODE} --period 2014-05`, keys.provider);
      expect(early).toMatchObject({
        status: 1,
        err: expect.stringContaining('EARLIER_PERIOD_NOT_COMPUTED'),
      });
      const measuring = `import ${example('measurements.csv')} --contract ${CODE}`;
      expect((await outturn(measuring, keys.commissioner)).err).toContain('PERMISSION_REFUSED');
    });

    it('writes a statement to a file', async () => {
      const file = join(folder, 'statement.csv');
      const ran = await outturn(
        `export statement --contract ${CODE} --period 2013-07 --out ${file}`,
        keys.commissioner,
      );
      expect(ran).toEqual({ status: 0, out: '', err: '' });
      expect(readFileSync(file, 'utf8')).toContain('2013-07');
    });

    it('issues a statement to those who read issued ones, as a commissioner only', async () => {
      const asked = `issue-statement --contract ${CODE} --period 2013-07`;
      expect((await outturn(asked, keys.provider)).err).toContain('PERMISSION_REFUSED');
      const issued = await outturn(asked, keys.commissioner);
      expect(issued.out).toMatch(
        /^Statement 1 of .*, for 2013-07, is issued\.\nIt releases 0 lines/,
      );
      const again = await outturn(`${asked} --json`, keys.commissioner);
      expect(JSON.parse(again.out)).toMatchObject({ number: 2, released: 0, amount: '0.00' });
    });

    it('verifies the audit trail, and ends with 4 where it does not agree', async () => {
      const good = await outturn(`audit verify --contract ${CODE} --json`, keys.commissioner);
      expect(JSON.parse(good.out)).toEqual([
        expect.objectContaining({ name: CODE, verified: true }),
        expect.objectContaining({ name: 'amounts', verified: true, firstBad: null }),
      ]);
      await asOwner(async (tx) => {
        await tx.query('alter table audit_entry disable trigger audit_entry_append_only');
        await tx.query(`update audit_entry set body = replace(body, '"rows":833', '"rows":834')`);
        await tx.query('alter table audit_entry enable trigger audit_entry_append_only');
      });
      const bad = await outturn('audit verify');
      expect(bad.status).toBe(4);
      expect(bad.out).toContain('is the first that is not as it was written');
    });
  });
});
