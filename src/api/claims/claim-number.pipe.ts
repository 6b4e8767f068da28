import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotVisible } from '../../access/access.errors.js';

/** The number of a claim in an address; anything else names no claim. */
@Injectable()
export class ClaimNumber implements PipeTransform<string, number> {
  transform(text: string): number {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotVisible('claim');
    return Number(text);
  }
}
