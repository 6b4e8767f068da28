import { civilDate } from '../calendar/civil-date.js';
import { instrumentOf } from '../instruments/registry.js';
import { scaleOf } from '../instruments/scale.js';
import { parseScore } from '../instruments/score.js';
import { openEffectCheck } from '../outcomes/check-effect.js';
import { openFigureCheck } from '../outcomes/check-figure.js';
import type { AttributeDeclaration } from '../outcomes/eligibility.js';
import { isOfParticipants, type Metric } from '../outcomes/metric.js';
import { timePointOf, type AttributeValue } from '../outcomes/participant-facts.js';
import { reconcileFigures } from '../outcomes/reconcile-figures.js';
import { DomainError, type Fault } from '../shared/domain-error.js';
import type { ExampleObservation, ExampleParticipant, Trial } from './example.schema.js';
import { effectInput, figureInput, recordOf } from './example-facts.js';
import { sizeFaults } from './example-size.js';
import type { TermsDocument } from './terms.schema.js';

const fault = (at: string, code: string, detail: string): Fault => ({ at, code, detail });

/**
 * What an example says that the terms do not know, or that contradicts itself, with paths below the example: nothing in it
 * is silently left out of the sum.
 */
export function exampleFaults(terms: TermsDocument, example: Trial): Fault[] {
  const tooLarge = sizeFaults(terms, example);
  if (tooLarge.length > 0) return tooLarge;
  return [
    ...shapeFaults(example),
    ...attributeFaults(terms, example.attributes, '/attributes'),
    ...observationsFaults(terms, example.observations ?? [], '/observations'),
    ...participantsFaults(terms, example.participants ?? []),
    ...recordFaults(terms, example),
  ];
}

/** Somebody is written in short or in the list, not both; and something must be there. */
function shapeFaults(example: Trial): Fault[] {
  const { startedOn, exitedOn, observations, attributes, participants, figures, effects } = example;
  const inShort =
    observations !== undefined || exitedOn !== undefined || Object.keys(attributes).length > 0;
  const said = startedOn !== undefined || inShort;
  if (said && participants !== undefined)
    return [
      fault(
        '/participants',
        'EXAMPLE_SAYS_TWO_THINGS',
        'Write one participant in short (startedOn, attributes, observations) or list them, not both.',
      ),
    ];
  if (inShort && startedOn === undefined)
    return [fault('/startedOn', 'START_MISSING', 'Say on which day the participant started.')];
  if (startedOn !== undefined && exitedOn !== undefined && exitedOn < startedOn)
    return [exitBeforeStart('/exitedOn', startedOn, exitedOn)];
  if (!said && participants === undefined && figures.length === 0 && effects.length === 0)
    return [
      fault(
        '',
        'EXAMPLE_EMPTY',
        'The example says nothing. Give a participant, a figure or a signed result; "participants: []" is nobody.',
      ),
    ];
  return [];
}

/** Whether a name is asked about for the first time. */
function firstOnly(): (name: string) => boolean {
  const seen = new Set<string>();
  return (name) => seen.size < seen.add(name).size;
}

const exitBeforeStart = (at: string, startedOn: string, exitedOn: string): Fault =>
  fault(
    at,
    'EXIT_BEFORE_START',
    `The participant starts on ${startedOn} and cannot leave on ${exitedOn}.`,
  );

function participantsFaults(
  terms: TermsDocument,
  participants: readonly ExampleParticipant[],
): Fault[] {
  const isFirst = firstOnly();
  return participants.flatMap((one, p) => {
    const at = `/participants/${p}`;
    const twice =
      one.reference !== undefined && !isFirst(one.reference)
        ? [fault(`${at}/reference`, 'NAMED_TWICE', `"${one.reference}" stands twice.`)]
        : [];
    return [
      ...twice,
      ...cohortFaults(terms, one, at),
      ...attributeFaults(terms, one.attributes, `${at}/attributes`),
      ...observationsFaults(terms, one.observations, `${at}/observations`),
    ];
  });
}

function cohortFaults(
  { cohorts }: TermsDocument,
  { cohort: id, startedOn, exitedOn }: ExampleParticipant,
  at: string,
): Fault[] {
  const left =
    exitedOn !== undefined && exitedOn < startedOn
      ? [exitBeforeStart(`${at}/exitedOn`, startedOn, exitedOn)]
      : [];
  const known = cohorts.map((one) => one.id).join(', ');
  if (id === undefined && cohorts.length > 1)
    return [...left, fault(`${at}/cohort`, 'COHORT_MISSING', `Name the cohort: ${known}.`)];
  const cohort = id === undefined ? cohorts[0]! : cohorts.find((one) => one.id === id);
  if (cohort === undefined)
    return [
      ...left,
      fault(`${at}/cohort`, 'COHORT_UNKNOWN', `There is no cohort "${id}". There are: ${known}.`),
    ];
  if (cohort.opensOn <= startedOn && startedOn <= cohort.closesOn) return left;
  const span = `${cohort.opensOn} to ${cohort.closesOn}`;
  return [
    ...left,
    fault(
      `${at}/startedOn`,
      'START_OUTSIDE_COHORT',
      `Participants of cohort "${cohort.id}" start from ${span}, not on ${startedOn}.`,
    ),
  ];
}

const attributeFaults = (
  { population }: TermsDocument,
  attributes: Readonly<Record<string, AttributeValue>>,
  at: string,
): Fault[] =>
  Object.entries(attributes).flatMap(([name, value]) => {
    const declared = Object.hasOwn(population.attributes, name)
      ? population.attributes[name]!
      : null;
    if (declared === null)
      return [fault(`${at}/${name}`, 'ATTRIBUTE_UNDECLARED', `"${name}" is not declared.`)];
    const should = shouldBe(declared, value);
    return should === null
      ? []
      : [fault(`${at}/${name}`, 'ATTRIBUTE_INVALID', `${declared.label} must be ${should}.`)];
  });

/** What the value of an attribute should be instead; null where it is right. */
function shouldBe(declared: AttributeDeclaration, value: AttributeValue): string | null {
  if (declared.type === 'yes-no') return typeof value === 'boolean' ? null : 'true or false';
  if (declared.type === 'choice')
    return declared.values.some((one) => one === value)
      ? null
      : `one of: ${declared.values.join(', ')}`;
  const { min = -Infinity, max = Infinity } = declared;
  if (typeof value !== 'number') return 'a whole number';
  return min <= value && value <= max ? null : `between ${min} and ${max}`;
}

function observationsFaults(
  terms: TermsDocument,
  observations: readonly ExampleObservation[],
  at: string,
): Fault[] {
  const isFirst = firstOnly();
  return observations.flatMap((seen, o) => {
    const found = observationFaults(terms, seen, `${at}/${o}`);
    const key = `${seen.metric}/${seen.occurrence}`;
    return isFirst(key)
      ? found
      : [...found, fault(`${at}/${o}/occurrence`, 'NAMED_TWICE', `${key} stands twice. Keep one.`)];
  });
}

function observationFaults(terms: TermsDocument, seen: ExampleObservation, at: string): Fault[] {
  const metric = terms.metrics.find(({ id }) => id === seen.metric);
  if (metric === undefined)
    return [fault(`${at}/metric`, 'METRIC_UNKNOWN', `There is no metric "${seen.metric}".`)];
  if (!isOfParticipants(metric)) {
    const detail = `${metric.label} is not measured on a participant. Give it under figures or effects.`;
    return [fault(`${at}/metric`, 'METRIC_NOT_OF_PARTICIPANTS', detail)];
  }
  return [...endFaults(metric, seen, at), ...valueFaults(terms, metric, seen, at)];
}

function endFaults(metric: Metric, { measuredOn, endedOn }: ExampleObservation, at: string) {
  if (endedOn === undefined) return [];
  if (metric.kind !== 'spell')
    return [
      fault(
        `${at}/endedOn`,
        'END_ONLY_FOR_SPELLS',
        `${metric.label} is of one day. Leave the end out.`,
      ),
    ];
  return endedOn > measuredOn
    ? []
    : [
        fault(
          `${at}/endedOn`,
          'ENDED_BEFORE_STARTED',
          `It begins on ${measuredOn}, so the first day after it cannot be ${endedOn}.`,
        ),
      ];
}

function valueFaults(
  terms: TermsDocument,
  metric: Metric,
  seen: ExampleObservation,
  at: string,
): Fault[] {
  const { value, occurrence, status = 'recorded' } = seen;
  if (metric.kind !== 'score') {
    const valued = fault(
      `${at}/value`,
      'VALUE_NOT_FOR_EVENTS',
      `${metric.label} happens; it has no value.`,
    );
    const detail = `${metric.label} either happened or is not recorded. Leave the status out.`;
    const declined = fault(`${at}/status`, 'STATUS_NOT_FOR_EVENTS', detail);
    return [...(value === undefined ? [] : [valued]), ...(status === 'recorded' ? [] : [declined])];
  }
  if (!metric.timePoints.some(({ id }) => id === timePointOf(occurrence)))
    return [
      fault(
        `${at}/occurrence`,
        'TIME_POINT_UNKNOWN',
        `"${occurrence}" is not a time point of ${metric.id}.`,
      ),
    ];
  if (status !== 'recorded')
    return value === undefined
      ? []
      : [
          fault(
            `${at}/value`,
            'SCORE_NOT_FOR_STATUS',
            `The status is ${status}, so there is no score. Leave one of them out.`,
          ),
        ];
  const scale = scaleOf(instrumentOf(terms.instruments, metric.instrument)!, metric.subscale)!;
  return refusal(`${at}/value`, () => parseScore(scale, value ?? ''));
}

/** Figures and results pass the checks that the service makes when they are recorded. */
function recordFaults(terms: TermsDocument, { figures, effects }: Trial): Fault[] {
  const last = civilDate('9998-12-31');
  const checkFigure = openFigureCheck(terms.metrics, last);
  const cohorts = terms.cohorts.map(({ id }) => id);
  const checkEffect = openEffectCheck(terms.metrics, cohorts, last);
  const faults = [
    ...figures.flatMap((figure, f) => {
      const found: Fault[] = [];
      checkFigure.read(figureInput(figure), found);
      return found.map((one) => ({ ...one, at: `/figures/${f}${one.at}` }));
    }),
    ...effects.flatMap((effect, e) => {
      const found: Fault[] = [];
      checkEffect.read(effectInput(effect), found);
      return found.map((one) => ({ ...one, at: `/effects/${e}${one.at}` }));
    }),
  ];
  return faults.length > 0 ? faults : togetherFaults(terms, { figures, effects });
}

/** Whether figures fit together, and each result is given once. */
function togetherFaults(
  terms: TermsDocument,
  example: Pick<Trial, 'figures' | 'effects'>,
): Fault[] {
  const { figures, effects } = recordOf(terms, example);
  const results = effects.map(({ metric, cohort }) => `${metric}|${cohort}`);
  return [
    ...reconcileFigures(terms.metrics, figures).map(({ fault: { code, detail } }) =>
      fault('/figures', code, detail),
    ),
    ...effects.flatMap(({ metric, cohort }, e) =>
      results.indexOf(results[e]!) === e
        ? []
        : [
            fault(
              `/effects/${e}`,
              'NAMED_TWICE',
              `There are two results of "${metric}" for "${cohort}". Keep the right one.`,
            ),
          ],
    ),
  ];
}

/** The refusal, if there is one, as a fault at a place. */
export function refusal(at: string, read: () => unknown): Fault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [fault(at, error.code, error.message)];
    throw error;
  }
}
