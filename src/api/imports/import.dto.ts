import { IsOptional } from 'class-validator';
import { PlainText } from '../../platform/http/plain-text.decorator.js';

/** What may be said of an upload besides its content. */
export class ImportQuery {
  /** The name of the file, for the record. It may not name a person. */
  @IsOptional()
  @PlainText(200)
  file_name?: string;
}
