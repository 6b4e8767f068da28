import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TokenRefused } from '../../access/keys/token.errors.js';

/** Answers as OAuth clients expect (RFC 6749, section 5.2), which is not a problem document. */
@Catch(TokenRefused)
export class TokenRefusedFilter implements ExceptionFilter<TokenRefused> {
  private readonly logger = new Logger('Http');

  catch({ error, message }: TokenRefused, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    this.logger.log('A token was refused', { code: error });
    if (error === 'invalid_client') void reply.header('WWW-Authenticate', 'Basic realm="Outturn"');
    void reply
      .status(error === 'invalid_client' ? 401 : 400)
      .header('Cache-Control', 'no-store')
      .send({ error, error_description: message });
  }
}
