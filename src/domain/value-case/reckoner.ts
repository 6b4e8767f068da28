import { allocate } from '../money/allocate.js';
import { parseFraction } from '../money/fraction.js';
import { money } from '../money/money.js';
import { agreementOf } from './agreement.js';
import { asFraction, asMoney } from './amounts.js';
import { combine } from './combine.js';
import {
  MONEY,
  NUMBER,
  type Figure,
  type ReckonedBenefit,
  type ReckonedWorking,
  type Step,
} from './figure.js';
import type { Benefit, Working } from './figures.schema.js';
import { number } from './number.js';
import type { Operand } from './reckoning.schema.js';
import { ReckoningFault } from './reckoning-fault.js';
import { roundFigure } from './round-figure.js';
import { taken } from './taken.js';
import { unitCostPrice } from './unit-cost-price.js';
import type { ValueCase } from './value-case.schema.js';

/** Reckons each figure once, after those that it rests on, in whatever order they are written. */
export class Reckoner {
  private readonly done = new Map<string, ReckonedBenefit | ReckonedWorking>();
  private readonly under = new Set<string>();

  constructor(private readonly of: ValueCase) {}

  working(id: string): ReckonedWorking {
    return this.once(`working ${id}`, () => this.reckonWorking(id));
  }

  benefit(id: string): ReckonedBenefit {
    return this.once(`benefit ${id}`, () => this.reckonBenefit(id));
  }

  private once<T extends ReckonedBenefit | ReckonedWorking>(name: string, reckon: () => T): T {
    const known = this.done.get(name);
    if (known) return known as T;
    if (this.under.has(name))
      throw new ReckoningFault(
        '',
        'CIRCLE',
        `The ${name} rests on itself: ${[...this.under, name].join(', then ')}. One of them must stand alone.`,
      );
    this.under.add(name);
    try {
      const reckoned = reckon();
      this.done.set(name, reckoned);
      return reckoned;
    } finally {
      this.under.delete(name);
    }
  }

  private reckonWorking(id: string): ReckonedWorking {
    const index = this.of.workings.findIndex((one) => one.id === id);
    const working = this.of.workings[index]!;
    return { ...this.figure(working, working.unit, `/workings/${index}`), working };
  }

  private reckonBenefit(id: string): ReckonedBenefit {
    const index = this.of.benefits.findIndex((one) => one.id === id);
    const benefit = this.of.benefits[index]!;
    const at = `/benefits/${index}`;
    const figure = this.figure(benefit, MONEY, at);
    const amount = asMoney(figure.rounded, this.of.currency);
    if (amount === null)
      throw new ReckoningFault(
        `${at}/rounding`,
        'NOT_WHOLE_PENNIES',
        'This does not come out in whole pennies. Declare how it is rounded.',
      );
    const shares = benefit.to.map(({ share }) => parseFraction(share));
    const parts = allocate(amount.minor, shares).map((minor, n) => ({
      body: benefit.to[n]!.body,
      share: shares[n]!,
      amount: money(minor, this.of.currency),
    }));
    return { ...figure, benefit, amount, parts };
  }

  private figure(from: Benefit | Working, unit: string, at: string): Figure {
    const { id, label, amount, rounding } = from;
    const steps = amount.by === 'statement' ? [] : amount.of.map((operand) => this.step(operand));
    const exact =
      amount.by === 'statement'
        ? parseFraction(amount.value)
        : combine(amount.by, steps, unit === MONEY, `${at}/amount`);
    const rounded = roundFigure(exact, rounding, this.of.currency);
    const printed = from.printed ? number(from.printed.value) : null;
    const agreement = agreementOf(printed, exact, rounded);
    const [note, isAbout] = [from.note ?? null, from.printed?.about === true];
    return {
      id,
      label,
      unit,
      by: amount.by,
      steps,
      exact,
      rounding,
      rounded,
      printed,
      agreement,
      isAbout,
      note,
    };
  }

  private step(operand: Operand): Step {
    const isMinus = operand.minus === true;
    switch (operand.take) {
      case 'number': {
        const { label, is, value } = operand;
        const unit = is === 'amount' ? MONEY : NUMBER;
        return { label, value: parseFraction(value), written: value, unit, isMinus };
      }
      case 'unit-cost': {
        const cost = this.of.unitCosts.find(({ id }) => id === operand.id)!;
        const label = `${cost.of}, for each ${cost.per}`;
        return { label, value: unitCostPrice(cost, this.of), written: null, unit: MONEY, isMinus };
      }
      case 'working': {
        const figure = this.working(operand.id);
        const { label, unit } = figure;
        return { label, value: taken(figure, operand.taken), written: null, unit, isMinus };
      }
      case 'benefit':
        return { ...this.benefitStep(operand), written: null, isMinus };
    }
  }

  private benefitStep({ id, body, taken: state }: Operand & { take: 'benefit' }) {
    const benefit = this.benefit(id);
    if (body === undefined)
      return { label: benefit.label, value: taken(benefit, state), unit: MONEY };
    const part = benefit.parts.find((one) => one.body === body);
    const name = this.of.bodies.find((one) => one.id === body)!.name;
    if (part === undefined)
      throw new ReckoningFault(
        '',
        'NO_PART',
        `"${id}" has no part for ${name}. Name a body that it goes to.`,
      );
    return {
      label: `${benefit.label}, part of ${name}`,
      value: asFraction(part.amount),
      unit: MONEY,
    };
  }
}
