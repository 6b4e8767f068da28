import type { PipeTransform } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';

/** The number of a claim, an edition or a statement in an address; anything else names none, and none is there. */
export class NumberInPath implements PipeTransform<string, number> {
  constructor(private readonly what: string) {}

  transform(text: string): number {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotVisible(this.what);
    return Number(text);
  }
}
