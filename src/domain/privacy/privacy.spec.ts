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

  it.each([
    ['name', ' '],
    ['name', 'n'.repeat(201)],
    ['dateOfBirth', '29/02/1948'],
    ['dateOfBirth', '1949-02-29'],
    ['dateOfBirth', '1899-12-31'],
    ['postcode', 'WR5'],
    ['nhsNumber', '9434765918'],
    ['phone', 'none'],
    ['email', 'zoe'],
  ])('refuse %s "%s" without repeating it', (identifier, text) => {
    const { value, faults } = read({ [identifier]: text });
    expect(value).toEqual({});
    expect(faults).toMatchObject([{ at: `/${identifier}`, code: 'IDENTIFIER_MALFORMED' }]);
    if (text.trim().length > 4) expect(JSON.stringify(faults)).not.toContain(text);
  });

  it('are refused where the terms do not allow them', () => {
    expect(read({ name: 'Zoë' }, []).faults).toMatchObject([{ code: 'IDENTIFIER_NOT_ALLOWED' }]);
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
    expect(withdrawalFault(closed, true, day('2016-01-10'))).toMatchObject({
      code: 'CONSENT_WITHDRAWN',
    });
    expect(withdrawalFault(closed, false, day('2016-01-10'))).toBeNull();
  });

  it('to the service closes everything, by the earlier of two days', () => {
    const closed = limits(
      fact('evaluation', 'withdrawn', '2016-03-01'),
      fact('service', 'withdrawn', '2016-02-01'),
    );
    expect(closed).toEqual({ scoresFrom: '2016-02-01', eventsFrom: '2016-02-01' });
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
