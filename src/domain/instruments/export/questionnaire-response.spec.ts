import { INSTRUMENTS } from '../registry.js';
import {
  questionnaireResponse,
  responseBundle,
  type RecordedResponse,
} from './questionnaire-response.js';

const RECORDED: RecordedResponse = {
  contract: 'trial',
  participant: 'P-1',
  metric: 'ucla',
  instrument: INSTRUMENTS['ucla-3'],
  subscale: undefined,
  occurrence: '6m',
  version: 1,
  measuredOn: '2015-12-10',
  isVoid: false,
  value: '6',
  items: { companionship: 2, left_out: 3, isolated: 1 },
  mode: 'telephone',
};
const resource = (change: Partial<RecordedResponse>) =>
  questionnaireResponse({ ...RECORDED, ...change }).resource;

describe('a recorded response as FHIR', () => {
  it('says who, when, with what, each answer and the score', () => {
    expect(questionnaireResponse(RECORDED)).toEqual({
      fullUrl: 'urn:outturn:contract:trial:measurement:P-1:ucla:6m:1',
      resource: {
        resourceType: 'QuestionnaireResponse',
        id: 'P-1.ucla.6m.1',
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode',
            valueCodeableConcept: { text: 'telephone' },
          },
        ],
        identifier: { system: 'urn:outturn:contract:trial:measurement', value: 'P-1:ucla:6m:1' },
        questionnaire: 'urn:outturn:instrument:ucla-3|1',
        status: 'completed',
        subject: {
          identifier: { system: 'urn:outturn:contract:trial:participant', value: 'P-1' },
        },
        authored: '2015-12-10',
        item: [
          answer(
            'companionship',
            'How often do you feel that you lack companionship?',
            2,
            'Some of the time',
          ),
          answer('left_out', 'How often do you feel left out?', 3, 'Often'),
          answer(
            'isolated',
            'How often do you feel isolated from others?',
            1,
            'Hardly ever or never',
          ),
          { linkId: 'score', answer: [{ valueDecimal: 6 }] },
        ],
      },
    });
  });

  it('says of a correction that it is one, and of what was taken back that it was an error', () => {
    expect(resource({ version: 2 })).toMatchObject({ status: 'amended', id: 'P-1.ucla.6m.2' });
    const taken = { version: 3, isVoid: true, value: null, items: null };
    expect(resource(taken)).toMatchObject({ status: 'entered-in-error', item: [] });
  });

  it('has no wording where the licence keeps it back, only numbers', () => {
    const items = { '1': 3, '2': 3, '3': 3, '4': 3, '5': 3, '6': 3, '7': 4 };
    const { item } = resource({ instrument: INSTRUMENTS['swemwbs'], value: '19.98', items });
    expect(JSON.stringify(item)).not.toMatch(/text|display/);
    expect(item).toHaveLength(8);
    expect(item.at(-1)).toEqual({ linkId: 'score', answer: [{ valueDecimal: 19.98 }] });
    const six = { 'item-3': 2, 'item-9': 1, 'item-10': 3 };
    const emotional = resource({
      instrument: INSTRUMENTS['de-jong-gierveld-6'],
      subscale: 'emotional',
      value: '2',
      items: six,
    });
    expect(JSON.stringify(emotional.item)).not.toContain('More or less');
    expect(emotional.item[0]!.answer[0]!.valueCoding).toEqual({
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 1 }],
      system: 'urn:outturn:instrument:de-jong-gierveld-6:item-3',
      code: '2',
    });
    expect(emotional.item.at(-1)!.linkId).toBe('score:emotional');
  });

  it('has the score alone where only that was recorded, with its unit where it has one', () => {
    expect(resource({ items: null, mode: null })).toMatchObject({
      item: [{ linkId: 'score', answer: [{ valueDecimal: 6 }] }],
    });
    const attendance = {
      kind: 'scale' as const,
      id: 'attendance',
      version: '2',
      name: 'Attendance',
      min: '0',
      max: '100',
      decimals: 1,
      improvement: 'higher' as const,
      unit: 'percent',
    };
    expect(resource({ instrument: attendance, value: '83.3', items: null })).toMatchObject({
      questionnaire: 'urn:outturn:instrument:attendance|2',
      item: [{ answer: [{ valueQuantity: { value: 83.3, unit: 'percent' } }] }],
    });
  });

  it('has an id that FHIR allows, whatever the reference', () => {
    const { id } = resource({ participant: `P/${'x'.repeat(80)}`, occurrence: '6m/2' });
    expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  });

  it('has no colon or slash of its own in its name', () => {
    const { fullUrl, resource: one } = questionnaireResponse({ ...RECORDED, occurrence: '6m/2' });
    expect(fullUrl).toBe('urn:outturn:contract:trial:measurement:P-1:ucla:6m~2:1');
    expect(one.id).toBe('P-1.ucla.6m-2.1');
  });

  it('leaves out what was not recorded: the way it was taken, and a score', () => {
    const one = resource({ mode: null, value: null, items: { isolated: 1 } });
    expect(one).not.toHaveProperty('extension');
    expect(one.item.map(({ linkId }) => linkId)).toEqual(['isolated']);
  });

  it('has no text where the instrument itself has none', () => {
    const plain = {
      ...INSTRUMENTS['ucla-3'],
      items: [{ id: 'left_out', options: [{ value: 1 }, { value: 3 }] }],
    };
    const [item] = resource({ instrument: plain, items: { left_out: 3 } }).item;
    expect(item).not.toHaveProperty('text');
    expect(item!.answer[0]!.valueCoding).not.toHaveProperty('display');
  });

  it('is collected with the standing of its contract', () => {
    expect(responseBundle('illustrative', [])).toEqual({
      resourceType: 'Bundle',
      meta: { tag: [{ system: 'urn:outturn:standing', code: 'illustrative' }] },
      type: 'collection',
      entry: [],
    });
  });
});

const answer = (id: string, text: string, value: number, display: string) => ({
  linkId: id,
  text,
  answer: [
    {
      valueCoding: {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: value },
        ],
        system: `urn:outturn:instrument:ucla-3:${id}`,
        code: String(value),
        display,
      },
    },
  ],
});
