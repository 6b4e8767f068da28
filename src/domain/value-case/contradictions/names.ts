import type { Fault } from '../../shared/domain-error.js';
import { excerpt } from '../../shared/excerpt.js';
import type { Operand } from '../reckoning.schema.js';
import type { ValueCase } from '../value-case.schema.js';

/** Names given twice, and names that nothing bears. */
export function nameFaults(of: ValueCase): Fault[] {
  const known = {
    source: new Set(of.sources.map(({ id }) => id)),
    body: new Set(of.bodies.map(({ id }) => id)),
    'year band': new Set(of.yearBands.map(({ id }) => id)),
    'unit cost': new Set(of.unitCosts.map(({ id }) => id)),
    benefit: new Set(of.benefits.map(({ id }) => id)),
    working: new Set(of.workings.map(({ id }) => id)),
  };
  const unknown = ({ at, noun, name }: Mention): Fault[] =>
    known[noun].has(name)
      ? []
      : [
          {
            at,
            code: `${noun.toUpperCase().replace(' ', '_')}_UNKNOWN`,
            detail: `There is no ${noun} "${excerpt(name)}" in this value case. Add it, or correct the name.`,
          },
        ];
  return [...twice(of), ...mentions(of).flatMap(unknown), ...missing(of)];
}

interface Mention {
  readonly at: string;
  readonly noun: 'source' | 'body' | 'year band' | 'unit cost' | 'benefit' | 'working';
  readonly name: string;
}

const LISTS = [
  'sources',
  'bodies',
  'yearBands',
  'unitCosts',
  'benefits',
  'workings',
] as const satisfies (keyof ValueCase)[];

const twice = (of: ValueCase): Fault[] => [
  ...LISTS.flatMap((list) => twiceIn(of[list], `/${list}`)),
  ...twiceIn(of.price?.alternatives ?? [], '/price/alternatives'),
];

function twiceIn(list: readonly { id: string }[], at: string): Fault[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, index): Fault[] => {
    const isNew = !seen.has(id);
    seen.add(id);
    if (isNew) return [];
    return [
      {
        at: `${at}/${index}/id`,
        code: 'NAME_TWICE',
        detail: `"${id}" is the name of an earlier entry of this list. Give each its own.`,
      },
    ];
  });
}

function mentions(of: ValueCase): Mention[] {
  const source = (at: string, place: { source: string } | undefined): Mention[] =>
    place === undefined ? [] : [{ at: `${at}/source`, noun: 'source', name: place.source }];
  const bodies = (at: string, shares: readonly { body: string }[]): Mention[] =>
    shares.map(({ body }, n) => ({ at: `${at}/${n}/body`, noun: 'body', name: body }));
  const { price } = of;
  return [
    ...source('/outcome/source', of.outcome?.source),
    ...source('/priceIndex/source', of.priceIndex?.source),
    ...of.unitCosts.flatMap((cost, n) => source(`/unitCosts/${n}/source`, cost.source)),
    ...of.remarks.flatMap((remark, n) => source(`/remarks/${n}/source`, remark.source)),
    ...source('/price/source', price?.source),
    ...(price?.alternatives ?? []).flatMap(({ shares }, n) =>
      bodies(`/price/alternatives/${n}/shares`, shares),
    ),
    ...of.benefits.flatMap((benefit, n): Mention[] => [
      ...bodies(`/benefits/${n}/to`, benefit.to),
      { at: `/benefits/${n}/years`, noun: 'year band', name: benefit.years },
    ]),
    ...of.workings.flatMap(({ explains }, n): Mention[] =>
      explains === undefined
        ? []
        : [{ at: `/workings/${n}/explains`, noun: 'working', name: explains }],
    ),
    ...(['benefits', 'workings'] as const).flatMap((list) =>
      of[list].flatMap((figure, n) => [
        ...source(`/${list}/${n}/source`, figure.source),
        ...source(`/${list}/${n}/printed/source`, figure.printed?.source),
        ...(figure.amount.by === 'statement' ? [] : figure.amount.of).flatMap((operand, m) =>
          mentionedBy(operand, `/${list}/${n}/amount/of/${m}`),
        ),
      ]),
    ),
  ];
}

function mentionedBy(operand: Operand, at: string): Mention[] {
  if (operand.take === 'number') return [];
  const noun = operand.take === 'unit-cost' ? 'unit cost' : operand.take;
  const of: Mention[] = [{ at: `${at}/id`, noun, name: operand.id }];
  if (operand.take === 'benefit' && operand.body !== undefined)
    of.push({ at: `${at}/body`, noun: 'body', name: operand.body });
  return of;
}

const missing = (of: ValueCase): Fault[] =>
  of.outcome === undefined && (of.benefits.length > 0 || of.price !== undefined)
    ? [
        {
          at: '/outcome',
          code: 'OUTCOME_MISSING',
          detail:
            'Benefits and a price are for each unit of an outcome. Say which outcome, and how many are expected.',
        },
      ]
    : [];
