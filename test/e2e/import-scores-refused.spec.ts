import { aContract, startTestApp, type TestApp, type TestContract } from '../support/harness.js';

interface RowFault {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

describe('a file of scores that is refused', () => {
  let service: TestApp;
  let contract: TestContract;
  const header =
    'reference,metric,time_point,measured_on,score,status,attempt,mode,note,correction_reason';

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T00:30:00+01:00');
    contract = await aContract()
      .withParticipants(
        { reference: 'P-1', startedOn: '2015-06-04' },
        { reference: 'P-2', startedOn: '2015-06-11' },
      )
      .withScores({ reference: 'P-2', timePoint: 'baseline', measuredOn: '2015-06-11', score: 7 })
      .in(service);
  });
  afterAll(async () => {
    expect(await recorded()).toBe(1); // nothing of any of these files stayed
    await service.stop();
  });

  const upload = (csv: string | Buffer, person = contract.officer) =>
    person.upload(`${contract.path}/imports/measurements`, csv);
  const recorded = async (): Promise<number> => {
    let count = 0;
    for (const reference of ['P-1', 'P-2']) {
      const path = `${contract.path}/participants/${reference}/measurements`;
      count += (await contract.officer.get(path)).body.measurements.length;
    }
    return count;
  };
  const faultsOf = async (...rows: string[]): Promise<RowFault[]> => {
    const answer = await upload([header, ...rows].join('\n'));
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('FILE_REFUSED');
    return answer.body.faults as RowFault[];
  };
  const short = (faults: RowFault[]) =>
    faults.map(({ row, column, code }) => `${row} ${column} ${code}`);

  it.each([['measurements'], ['participants']])(
    'of %s with a quote that is opened and never closed, however much follows it, is refused and stops nobody',
    async (kind) => {
      const rows = 'P-1,ucla,6m,2015-12-10,6,,,,,\n'.repeat(40_000);
      const headers = { measurements: header, participants: 'reference,cohort,started_on' };
      for (const bytes of [1_000, 65_000, 66_000, 80_000, 131_072, 140_000, 1_000_000]) {
        const csv = `${headers[kind as 'measurements']}\n"${rows.slice(0, bytes)}`;
        const refused = await contract.officer.upload(`${contract.path}/imports/${kind}`, csv);
        expect(refused.status).toBe(422);
        const [fault, ...others] = refused.body.faults as RowFault[];
        expect(others).toEqual([]);
        expect(fault).toMatchObject({
          row: 2,
          code: expect.stringMatching(/QUOTE_UNCLOSED|LINE_TOO_LONG/),
        });
      }
      expect(short(await faultsOf('P-1,ucla,6m,2015-12-10,99,,,,,'))).toHaveLength(1);
    },
  );

  it('tells every fault by row, column and code at once', async () => {
    const faults = await faultsOf(
      'P-1,ucla,baseline,2015-06-04,10,,,self,,',
      'P-1,ucla,6m,2015-12-10,6.5,,,,,',
      'P-1,ucla,6m,2015-12-10,NaN,,,,,',
      'P-1,ucla,6m,2015-12-10,1e3,,,,,',
      'P-1,ucla,6m,2015-12-10,-0,,,,,',
      'P-1,ucla,6m,2015-12-10,６,,,,,',
      'P-1,ucla,6m,2015-12-10,٦,,,,,',
      'P-1,ucla,6m,2015-12-10,,,,,,',
      'P-1,ucla,6m,2015-12-10,0,,,,,',
      'P-9,ucla,6m,2015-12-10,6,,,,,',
      'P-1,wemwbs,6m,2015-12-10,6,,,,,',
      'P-1,ucla,9m,2015-12-10,6,,,,,',
      'P-1,ucla,6m,2016-06-02,6,,,,,',
      'P-1,ucla,6m,1899-12-31,6,,,,,',
      'P-1,ucla,6m,10/12/2015,6,,,,,',
      'P-1,ucla,6m,2015-02-29,6,,,,,',
      'P-1,ucla,6m,2015-12-10,6,declined,,,,',
      'P-1,ucla,6m,2015-12-10,,could-not-collect,,,,',
      'P-1,ucla,6m,2015-12-10,6,done,,by pigeon,,',
      'P-1,ucla,baseline,2015-06-04,6,,2,,,',
    );
    expect(short(faults)).toEqual([
      '2 score SCORE_OUT_OF_RANGE',
      '3 score SCORE_NOT_A_WHOLE_NUMBER',
      '4 score SCORE_NOT_A_WHOLE_NUMBER',
      '5 score SCORE_NOT_A_WHOLE_NUMBER',
      '6 score SCORE_NOT_A_WHOLE_NUMBER',
      '7 score SCORE_NOT_A_WHOLE_NUMBER',
      '8 score SCORE_NOT_A_WHOLE_NUMBER',
      '9 score SCORE_MISSING',
      '10 score SCORE_OUT_OF_RANGE',
      '11 reference PARTICIPANT_UNKNOWN',
      '12 metric METRIC_UNKNOWN',
      '13 time_point TIME_POINT_UNKNOWN',
      '14 measured_on DATE_IN_FUTURE',
      '15 measured_on DATE_BEFORE_1900',
      '16 measured_on NOT_A_DATE',
      '17 measured_on NOT_A_DATE',
      '18 score SCORE_NOT_FOR_STATUS',
      '19 note REASON_MISSING',
      '20 status STATUS_UNKNOWN',
      '20 mode MODE_UNKNOWN',
      '21 attempt BASELINE_TWICE',
    ]);
    expect(faults[7]!.detail).toBe(
      'The score is blank. Blank is missing, not nought; if it was declined write declined in the status column.',
    );
  });

  it('sets rows against each other and against what is recorded', async () => {
    const faults = await faultsOf(
      'P-1,ucla,6m,2015-06-01,6,,,,,', // before the baseline of the next row
      'P-1,ucla,baseline,2015-06-04,8,,,,,',
      'P-1,ucla,baseline,2015-06-04,8,,,,,',
      'P-1,ucla,baseline,2015-06-05,7,,,,,',
      'P-2,ucla,baseline,2015-06-11,8,,,,,',
      'P-2,ucla,6m,2015-12-12,5,,,,,typed wrong',
      'P-2,ucla,6m,2015-12-12,,void,,,,',
    );
    expect(short(faults)).toEqual([
      '3 measured_on FOLLOW_UP_BEFORE_BASELINE',
      '4 reference ROW_TWICE',
      '5 time_point BASELINE_TWICE',
      '6 time_point BASELINE_TWICE',
      '7 correction_reason NOTHING_TO_CORRECT',
      '8 correction_reason VOID_NEEDS_REASON',
    ]);
    expect(faults[1]!.detail).toContain('Row 3');
    expect(faults[3]!.detail).toContain('7 on 2015-06-11');
  });

  it('refuses what identifies a person without repeating it, and formulas', async () => {
    const faults = await faultsOf(
      '943 476 5919,ucla,6m,2015-12-10,6,,,,,',
      'jo@example.org,ucla,6m,2015-12-10,6,,,,,',
      'WR5 3DF,ucla,6m,2015-12-10,6,,,,,',
      'Jo Smith,ucla,6m,2015-12-10,6,,,,,',
      'P-1,ucla,6m,2015-12-10,6,,,,rang 07700 900123 twice,',
      'P-1,ucla,6m,2015-12-10,6,,,,NHS 943 476 5919,',
      'P-1,ucla,6m,2015-12-10,6,,,,"=HYPERLINK(""x"")",',
      'P-1,ucla,6m,2015-12-10,6,,,@mode,,',
    );
    expect(short(faults)).toEqual([
      '2 reference REFERENCE_IS_NHS_NUMBER',
      '3 reference REFERENCE_IS_EMAIL',
      '4 reference REFERENCE_IS_POSTCODE',
      '5 reference REFERENCE_IS_NAME',
      '6 note TEXT_IDENTIFIES_A_PERSON',
      '7 note TEXT_IDENTIFIES_A_PERSON',
      '8 note FORMULA_CELL',
      '9 mode FORMULA_CELL',
    ]);
    expect(JSON.stringify(faults)).not.toMatch(/5919|example|WR5|Smith|900123/);
  });

  it('reports all that is wrong with the columns together, with the name that was meant', async () => {
    const answer = await upload('reference,metrik,score,score,colour\nP-1,ucla,6,6,red\n');
    const faults = answer.body.faults as RowFault[];
    expect(short(faults)).toEqual([
      '1 metrik COLUMN_UNKNOWN',
      '1 score COLUMN_TWICE',
      '1 colour COLUMN_UNKNOWN',
      '1 metric COLUMN_MISSING',
      '1 measured_on COLUMN_MISSING',
      '1 time_point COLUMN_MISSING',
    ]);
    expect(faults[0]!.detail).toContain('Did you mean "metric"?');
  });

  it.each([
    [
      'reference,metric,time_point,measured_on,mode',
      'P-1,ucla,6m,2015-12-10,self',
      [
        'score: Column "score" is missing. It holds the scores; a column for each answer ("item:...") would do as well. Add it.',
      ],
    ],
    [
      'reference,metric,measured_on,score',
      'P-1,ucla,2015-12-10,6',
      [
        'time_point: Column "time_point" is missing. It says at which time point each score was taken. Add it.',
      ],
    ],
    [
      'reference,metric,measured_on,Timepoint,skore',
      'P-1,ucla,2015-12-10,6m,6',
      [
        'timepoint: There is no column "timepoint". Did you mean "time_point"?',
        'skore: There is no column "skore". Did you mean "score"?',
        'time_point: Column "time_point" is missing. It says at which time point each score was taken. Perhaps it is the one called "timepoint".',
        'score: Column "score" is missing. It holds the scores; a column for each answer ("item:...") would do as well. Perhaps it is the one called "skore".',
      ],
    ],
  ])(
    'tells once, of the heading, what no row can be right without: %s',
    async (heading, row, told) => {
      const answer = await upload([heading, row, row, row].join('\n'));
      const faults = answer.body.faults as RowFault[];
      expect(faults.every((fault) => fault.row === 1)).toBe(true);
      expect(faults.map(({ column, detail }) => `${column}: ${detail}`)).toEqual(told);
    },
  );

  it.each([
    [
      'only statuses',
      'reference,metric,time_point,measured_on,status',
      'P-9,ucla,6m,2015-12-10,declined',
    ],
    [
      'only answers',
      'reference,metric,time_point,measured_on,item:companionship,item:left_out,item:isolated',
      'P-9,ucla,6m,2015-12-10,2,2,2',
    ],
  ])('misses no column in a file of %s', async (_, heading, row) => {
    const answer = await upload(`${heading}\n${row}\n`);
    expect(short(answer.body.faults as RowFault[])).toEqual(['2 reference PARTICIPANT_UNKNOWN']);
  });

  it('says which character is in a cell that nobody sees, and in the heading', async () => {
    const faults = await faultsOf(
      'P-1\u200b,ucla,6m,2015-12-10,6,,,,,',
      'P-1,ucla,6m,2015-12-10\u00ad,6,,,,,',
      'P-1,ucla,6m,2015-12-10,6\u00a0,,,,,',
      'P-1,ucla\ufeff,6m,2015-12-10,6,,,,,',
    );
    expect(short(faults)).toEqual([
      '2 reference REFERENCE_SHAPE',
      '3 measured_on NOT_A_DATE',
      '4 score SCORE_NOT_A_WHOLE_NUMBER',
      '5 metric METRIC_UNKNOWN',
    ]);
    expect(
      faults.map(({ detail }) => /It holds (.*), which nobody sees/.exec(detail)?.[1]),
    ).toEqual([
      'a zero-width space (U+200B)',
      'a soft hyphen (U+00AD)',
      'a non-breaking space (U+00A0)',
      'a byte order mark (U+FEFF)',
    ]);
    const answer = await upload(`${header.replace('score', 'sc\u200bore')}\n`);
    expect(answer.body.faults[0].detail).toBe(
      'There is no column "sc\u200bore". Did you mean "score"? It holds a zero-width space (U+200B), which nobody sees: remove it.',
    );
  });

  it('says of a heading that stands again only that', async () => {
    const faults = await faultsOf(
      'P-1,ucla,6m,2015-12-10,99,,,,,',
      header,
      `${header.replace('time_point', '"Time point"')},,`,
      'reference,metric,time_point,measured_on,score,status,attempt,mode,note,reason',
    );
    expect(short(faults).slice(0, 4)).toEqual([
      '2 score SCORE_OUT_OF_RANGE',
      '3 null HEADING_AGAIN',
      '4 null HEADING_AGAIN',
      '5 reference PARTICIPANT_UNKNOWN',
    ]);
    expect(faults[1]!.detail).toBe(
      'The heading stands again in this row, as where two files were put together. Remove the row.',
    );
  });

  it.each([
    ['COLUMNS_NOT_SEPARATED_BY_COMMAS', `${header}\nP-1,ucla`.replaceAll(',', ';')],
    ['SEPARATOR_LINE', `sep=,\n${header}\nP-1,ucla,6m,2015-12-10,6,,,,,\n`],
  ])('says %s in one fault of the first row', async (code, csv) => {
    const answer = await upload(csv);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(short(answer.body.faults as RowFault[])).toEqual([`1 null ${code}`]);
  });

  it.each([
    ['ENCODING_UTF16', Buffer.from(`\ufeff${'reference,metric\n'}`, 'utf16le')],
    ['ENCODING_UTF16', Buffer.from('reference,metric\n', 'utf16le')],
    ['ENCODING_NOT_UTF8', Buffer.from('reference,metric,note\nP-1,ucla,caf\xe9\n', 'latin1')],
    ['NUL_BYTE', Buffer.alloc(300)],
    ['NUL_BYTE', Buffer.from('reference,metric\nP-1,uc\0la\n')],
    ['FILE_IS_WORKBOOK', Buffer.from('504b0304140006000800', 'hex')],
    ['FILE_EMPTY', Buffer.alloc(0)],
    ['LINE_TOO_LONG', Buffer.alloc(200_000, 'a')],
  ])('says %s and how to save it instead', async (code, bytes) => {
    const answer = await upload(bytes);
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe(code);
    expect(answer.body.detail).toMatch(/Nothing was recorded\.$/);
  });

  it.each([
    ['QUOTE_UNCLOSED', 'P-1,ucla,6m,2015-12-10,6,,,,"no end,'],
    ['QUOTE_MISPLACED', 'P-1,ucla,6m,2015-12-10,6,,,,5\'10" tall,'],
    ['QUOTE_MISPLACED', 'P-1,ucla,6m,2015-12-10,6,,,,"half" quoted,'],
    ['CELLS_MISSING', 'P-1,ucla,6m'],
    ['CELLS_TOO_MANY', 'P-1,ucla,6m,2015-12-10,6,,,,one, two, three'],
  ])('says %s of a row that is not a row of the table', async (code, row) => {
    expect(short(await faultsOf(row))).toEqual([`2 null ${code}`]);
  });

  it('says so of a header without rows', async () => {
    expect(short(await faultsOf())).toEqual(['2 null FILE_HAS_NO_ROWS']);
  });

  it('lists a thousand faults and gives the true number', async () => {
    const rows = Array.from({ length: 1500 }, () => 'P-1,ucla,6m,2015-12-10,99,,,,,');
    const answer = await upload([header, ...rows].join('\n'));
    expect(answer.body.faults).toHaveLength(1000);
    expect(answer.body.detail).toContain('1500 faults');
  });

  it('is refused to whoever may not enter scores, and without a key or as another type', async () => {
    const csv = `${header}\nP-1,ucla,baseline,2015-06-04,8,,,,,\n`;
    expect((await upload(csv, contract.commissioner)).status).toBe(403);
    expect((await upload(csv, service.stranger)).status).toBe(401);
    const path = `${contract.path}/imports/measurements`;
    const outsider = await aContract().withTerms({ code: 'other' }).in(service);
    expect((await upload(csv, outsider.officer)).status).toBe(404);
    const keyless = await contract.officer.upload(path, csv, { idempotencyKey: null });
    expect(keyless.status).toBe(400);
    const json = await contract.officer.post(path, { csv });
    expect(json).toMatchObject({ status: 400, body: { code: 'NOT_CSV' } });
  });
});
