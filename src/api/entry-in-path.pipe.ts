import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';

/** The number of an entry in an address; anything else names none. */
@Injectable()
export class EntryInPath implements PipeTransform<string, bigint> {
  transform(text: string): bigint {
    if (!/^[1-9][0-9]{0,17}$/.test(text)) throw new NotVisible('entry');
    return BigInt(text);
  }
}
