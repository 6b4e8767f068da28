import { civilDate } from '../calendar/civil-date.js';
import { parseFraction } from '../money/fraction.js';
import { openEffectCheck, type EffectInput } from '../outcomes/check-effect.js';
import { openFigureCheck, type FigureInput } from '../outcomes/check-figure.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import type { ExampleObservation, ExampleParticipant, Trial } from './example.schema.js';
import type { TermsDocument } from './terms.schema.js';

const LAST_DAY = civilDate('9998-12-31');
/** Stands for the report of a result that an example makes up. */
const NO_DOCUMENT = '0'.repeat(64);

/** What the service would be given to record for a figure of an example. */
export const figureInput = (figure: Trial['figures'][number]): FigureInput => ({
  metric: figure.metric,
  group: figure.group ?? '',
  from: figure.from,
  to: figure.to,
  numerator: String(figure.numerator),
  denominator: String(figure.denominator),
  definition: figure.definition ?? '',
  definitionDiffers: figure.definitionDiffers ? 'yes' : '',
  status: '',
  correctionReason: '',
});

/** What the service would be given to record for a signed result of an example. */
export const effectInput = (effect: Trial['effects'][number]): EffectInput => ({
  metric: effect.metric,
  cohort: effect.cohort ?? '',
  value: effect.value,
  low: effect.low ?? '',
  high: effect.high ?? '',
  n: String(effect.n),
  signedOn: effect.signedOn,
  documentHash: NO_DOCUMENT,
  status: '',
  correctionReason: '',
});

/** The figures and results of an example as the engine sees them; whatever is faulty is left out, and told elsewhere. */
export function recordOf(
  terms: TermsDocument,
  { figures, effects }: Pick<Trial, 'figures' | 'effects'>,
): ContractRecord {
  const checkFigure = openFigureCheck(terms.metrics, LAST_DAY);
  const cohorts = terms.cohorts.map(({ id }) => id);
  const checkEffect = openEffectCheck(terms.metrics, cohorts, LAST_DAY);
  return {
    figures: figures.flatMap((figure) => {
      const checked = checkFigure.read(figureInput(figure), []);
      if (checked?.counted == null) return [];
      const { metric, group, from, to, counted } = checked;
      return [{ metric, group, from, to, version: 1, ...counted }];
    }),
    effects: effects.flatMap((effect) => {
      const checked = checkEffect.read(effectInput(effect), []);
      if (checked?.found == null) return [];
      const { metric, cohort, signedOn, found } = checked;
      return [{ metric, cohort, signedOn, version: 1, ...found }];
    }),
  };
}

/** Everybody in an example, those that stand for several once for each. */
export function* participantsOf(
  { cohorts }: TermsDocument,
  example: Trial,
): Generator<ParticipantFacts> {
  const onlyCohort = cohorts[0]!.id;
  if (example.startedOn !== undefined)
    yield {
      reference: 'example',
      cohort: onlyCohort,
      startedOn: civilDate(example.startedOn),
      exitedOn: example.exitedOn === undefined ? null : civilDate(example.exitedOn),
      attributes: example.attributes,
      exceptionApproved: true, // written in short, somebody is taken to be served
      observations: (example.observations ?? []).map(observationOf),
    };
  for (const [index, one] of (example.participants ?? []).entries()) {
    const facts = factsOf(one, onlyCohort);
    const name = one.reference ?? `#${index + 1}`;
    for (let each = 1; each <= one.times; each += 1)
      yield { ...facts, reference: one.times === 1 ? name : `${name}/${each}` };
  }
}

const factsOf = (
  one: ExampleParticipant,
  onlyCohort: string,
): Omit<ParticipantFacts, 'reference'> => ({
  cohort: one.cohort ?? onlyCohort,
  startedOn: civilDate(one.startedOn),
  exitedOn: one.exitedOn === undefined ? null : civilDate(one.exitedOn),
  attributes: one.attributes,
  exceptionApproved: one.exceptionApproved,
  observations: one.observations.map(observationOf),
});

const observationOf = (seen: ExampleObservation): Observation => ({
  metric: seen.metric,
  occurrence: seen.occurrence,
  version: 1,
  measuredOn: civilDate(seen.measuredOn),
  endedOn: seen.endedOn === undefined ? null : civilDate(seen.endedOn),
  status: seen.status ?? 'recorded',
  value: seen.value === undefined ? null : parseFraction(seen.value),
});
