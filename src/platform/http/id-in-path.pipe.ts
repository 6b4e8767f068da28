import { ParseUUIDPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';

/** An id in an address, in the one spelling that it has here: whoever writes it in capitals means the same thing. */
export class IdInPath implements PipeTransform<string, Promise<string>> {
  private readonly parse = new ParseUUIDPipe();

  async transform(text: string, metadata: ArgumentMetadata): Promise<string> {
    return String(await this.parse.transform(text, metadata)).toLowerCase();
  }
}
