import { isEligible, type Eligibility } from './eligibility.js';
import type { Attributes } from './participant-facts.js';

type Asked = (attribute: string) => boolean;

/**
 * The attributes without which the participant cannot be eligible, whatever else were given. None where what is given
 * decides it already, or where more than one would do.
 */
export function attributesWanting(rule: Eligibility, given: Attributes): string[] {
  const isOpen = (attribute: string) => !Object.hasOwn(given, attribute);
  if (!couldBeEligible(rule, given, isOpen)) return [];
  return attributesOf(rule).filter(
    (one) =>
      isOpen(one) && !couldBeEligible(rule, given, (other) => other !== one && isOpen(other)),
  );
}

/**
 * The attributes that a file must have besides those it has for anybody in it to be eligible: each that cannot be
 * spared, or, where none is such, all of which enough must be added. None where somebody can be as it is.
 */
export function columnsWanting(rule: Eligibility, has: Asked): string[] {
  if (couldBeEligible(rule, {}, has)) return [];
  const lacking = attributesOf(rule).filter((one) => !has(one));
  const needed = lacking.filter((one) => !couldBeEligible(rule, {}, (other) => other !== one));
  return needed.length > 0 ? needed : lacking;
}

/** Whether answers to the open attributes could make the participant eligible; what is neither given nor open stays blank. */
function couldBeEligible(rule: Eligibility, given: Attributes, isOpen: Asked): boolean {
  return could(rule, given, isOpen, true);
}

/** Whether a part of the rule could come out as wanted. */
function could(part: Eligibility, given: Attributes, isOpen: Asked, wanted: boolean): boolean {
  const each = (one: Eligibility) => could(one, given, isOpen, wanted);
  if ('all' in part) return wanted ? part.all.every(each) : part.all.some(each);
  if ('any' in part) return wanted ? part.any.some(each) : part.any.every(each);
  if ('of' in part) {
    const able = part.of.filter(each).length;
    return wanted ? able >= part.atLeast : part.of.length - able < part.atLeast;
  }
  if ('not' in part) return could(part.not, given, isOpen, !wanted);
  if (isOpen(part.attribute)) return true;
  return isEligible(part, given) === wanted;
}

/** The attributes that the rule asks about, in its order, each once. */
function attributesOf(rule: Eligibility): string[] {
  if ('all' in rule) return distinct(rule.all);
  if ('any' in rule) return distinct(rule.any);
  if ('of' in rule) return distinct(rule.of);
  return 'not' in rule ? attributesOf(rule.not) : [rule.attribute];
}

const distinct = (parts: readonly Eligibility[]) => [...new Set(parts.flatMap(attributesOf))];
