import { civilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import { recordingLimits, withdrawalFault, withdrawnFrom, type ConsentFact } from './consent.js';
import { IDENTIFIERS, readIdentifiers } from './identifiers.js';
import { canBeMatched, matchInputs } from './match-inputs.js';
import { eraseOn } from './retention.js';

const day = civilDate;

describe('identifiers', () => {
  const read = (given: Record<string, string>, allowed = [...IDENTIFIERS]) => {
    const faults: Fault[] = [];
    return { value: readIdentifiers(given, allowed, faults), faults };
  };

  it('are brought into one form', () => {
    const given = {
      name: '  Zoë   Quill ',
      dateOfBirth: '1948-02-29',
      postcode: 'wr5 3da',
      nhsNumber: '943 476 5919',
      phone: '(01905) 763763',
      email: 'Zoe@Example.ORG',
    };
    expect(read(given)).toEqual({
      value: {
        name: 'Zoë Quill',
        dateOfBirth: '1948-02-29',
        postcode: 'WR5 3DA',
        nhsNumber: '9434765919',
        phone: '01905763763',
        email: 'zoe@example.org',
      },
      faults: [],
    });
  });

  const NO_DATE = 'The date of birth is not a date from 1900-01-01 on, written 1948-03-21.';
  it.each([
    ['name', ' ', 'The name is blank.'],
    ['name', 'n'.repeat(201), 'The name is longer than 200 characters.'],
    ['dateOfBirth', '29/02/1948', NO_DATE],
    ['dateOfBirth', '1949-02-29', NO_DATE],
    ['dateOfBirth', '1899-12-31', NO_DATE],
    ['postcode', 'WR5', 'The postcode is not a postcode.'],
    [
      'nhsNumber',
      '9434765918',
      'The NHS number is not an NHS number: its last digit does not agree with the others.',
    ],
    ['phone', 'none', 'The telephone number is not a telephone number.'],
    ['email', 'zoe', 'The e-mail address is not an e-mail address.'],
  ])('refuse %s "%s" without repeating it', (identifier, text, detail) => {
    const { value, faults } = read({ [identifier]: text });
    expect(value).toEqual({});
    expect(faults).toEqual([{ at: `/${identifier}`, code: 'IDENTIFIER_MALFORMED', detail }]);
    if (text.trim().length > 4) expect(JSON.stringify(faults)).not.toContain(text);
  });

  it.each([
    ['name', 'n'.repeat(200)],
    ['dateOfBirth', '1900-01-01'],
    ['postcode', 'GIR 0AA'],
    ['postcode', 'M1 1AE'],
  ])('are taken to their ends: %s "%s"', (identifier, text) =>
    expect(read({ [identifier]: text })).toEqual({ value: { [identifier]: text }, faults: [] }),
  );

  it('are refused where the terms do not allow them', () => {
    expect(read({ name: 'Zoë' }, []).faults).toEqual([
      {
        at: '/name',
        code: 'IDENTIFIER_NOT_ALLOWED',
        detail: 'The terms do not allow the name to be held. Leave it out.',
      },
    ]);
  });
});

describe('match inputs', () => {
  it('are the same for two spellings of one person, and none where nothing singles them out', () => {
    const one = { name: 'Zoë O’Quill', dateOfBirth: '1948-02-29', postcode: 'WR5 3DA' };
    const other = { name: 'ZOE OQUILL', dateOfBirth: '1948-02-29', postcode: 'WR5 3DA' };
    expect(matchInputs(one)).toEqual(matchInputs(other));
    expect(matchInputs({ ...one, nhsNumber: '9434765919' })).toHaveLength(2);
    expect(matchInputs({ name: 'Zoë', postcode: 'WR5 3DA' })).toEqual([]);
    expect(matchInputs({ ...one, dateOfBirth: '1948-03-01' })).not.toEqual(matchInputs(one));
    const [input] = matchInputs(one);
    expect(input).toBe('name=zoeoquill&dateOfBirth=19480229&postcode=wr53da');
    expect([canBeMatched(['nhsNumber']), canBeMatched(['name', 'postcode'])]).toEqual([
      true,
      false,
    ]);
  });
});

describe('retention', () => {
  const contractEndsOn = day('2018-04-01');
  it.each([
    ['2016-08-31', 6, 'corresponding-date', '2017-02-28'],
    ['2016-02-29', 1, 'end-of-month', '2016-03-31'],
    ['2016-08-31', 0, 'corresponding-date', '2016-08-31'],
    ['2019-01-01', 1, 'corresponding-date', '2018-05-01'],
    [null, 1, 'corresponding-date', '2018-05-01'],
  ] as const)(
    'of somebody who left on %s, %i months (%s): until %s',
    (exit, months, rule, until) => {
      const exitedOn = exit === null ? null : day(exit);
      expect(eraseOn({ exitedOn, contractEndsOn }, months, rule)).toBe(until);
    },
  );
});

describe('consent', () => {
  const fact = (scope: ConsentFact['scope'], act: ConsentFact['act'], on: string): ConsentFact => ({
    scope,
    act,
    on: day(on),
  });
  const limits = (...facts: ConsentFact[]) => recordingLimits(facts);

  it('that was withdrawn closes scores from that day on, and what was before stays open', () => {
    const closed = limits(
      fact('evaluation', 'given', '2015-06-01'),
      fact('evaluation', 'withdrawn', '2016-01-10'),
    );
    expect(withdrawalFault(closed, true, day('2016-01-09'))).toBeNull();
    expect(withdrawalFault(closed, true, day('2016-01-11'))).toEqual({
      at: '/measuredOn',
      code: 'CONSENT_WITHDRAWN',
      detail:
        'Consent was withdrawn from 2016-01-10 on, so nothing dated 2016-01-11 is recorded. What was recorded before stays.',
    });
    expect(withdrawalFault(closed, true, day('2016-01-10'))).not.toBeNull();
    expect(withdrawalFault(closed, false, day('2016-01-10'))).toBeNull();
  });

  it('to the service closes everything, by the earlier of two days', () => {
    const closed = limits(
      fact('evaluation', 'withdrawn', '2016-03-01'),
      fact('service', 'withdrawn', '2016-02-01'),
    );
    expect(closed).toEqual({ scoresFrom: '2016-02-01', eventsFrom: '2016-02-01' });
    const service = fact('service', 'withdrawn', '2016-02-01');
    const both = { scoresFrom: '2016-01-01', eventsFrom: '2016-02-01' };
    expect(limits(service, fact('evaluation', 'withdrawn', '2016-01-01'))).toEqual(both);
    expect(limits(service)).toEqual({ scoresFrom: '2016-02-01', eventsFrom: '2016-02-01' });
  });

  it('given again opens it, and says nothing of other scopes', () => {
    const facts = [
      fact('evaluation', 'withdrawn', '2016-01-10'),
      fact('evaluation', 'given', '2016-02-01'),
      fact('sharing', 'withdrawn', '2016-02-01'),
    ];
    expect(recordingLimits(facts)).toEqual({ scoresFrom: null, eventsFrom: null });
    expect(withdrawnFrom(facts, 'sharing')).toBe('2016-02-01');
    expect(withdrawnFrom(facts, 'matching')).toBeNull();
  });
});
