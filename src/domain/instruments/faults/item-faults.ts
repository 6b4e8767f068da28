import type { Fault } from '../../shared/domain-error.js';
import type { Questionnaire } from '../instrument.js';

/** Items, answers and subscales have one name each, all of them count somewhere, and the licence allows what is said. */
export function itemFaults(instrument: Questionnaire): Fault[] {
  const { items, subscales, hasTotal, licence } = instrument;
  return [
    ...repeated(
      items.map(({ id }) => id),
      (i) => `/items/${i}/id`,
      'Item',
    ),
    ...repeated(
      subscales.map(({ id }) => id),
      (s) => `/subscales/${s}/id`,
      'Subscale',
    ),
    ...subscales.flatMap((subscale, s) =>
      repeated(subscale.items, (i) => `/subscales/${s}/items/${i}`, 'Item'),
    ),
    ...items.flatMap((item, i) => [
      ...repeated(
        item.options.map(({ value }) => String(value)),
        (o) => `/items/${i}/options/${o}/value`,
        'Answer',
      ),
      ...(licence === 'score-only' && item.text !== undefined ? [unlicensed(i)] : []),
      ...((hasTotal && item.inTotal !== false) ||
      subscales.some((one) => one.items.includes(item.id))
        ? []
        : [unused(i, item.id)]),
    ]),
  ];
}

const unlicensed = (index: number): Fault => ({
  at: `/items/${index}/text`,
  code: 'WORDING_NOT_LICENSED',
  detail:
    'The licence is score-only, so the wording may not be kept here. Remove the text; the item keeps its name.',
});

const unused = (index: number, id: string): Fault => ({
  at: `/items/${index}`,
  code: 'ITEM_UNUSED',
  detail: `Item "${id}" counts in no score. Put it into a subscale, or leave it out.`,
});

function repeated(names: readonly string[], at: (index: number) => string, what: string): Fault[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            at: at(index),
            code: 'NAMED_TWICE',
            detail: `${what} "${name}" stands twice. Give each its own name.`,
          },
        ],
  );
}
