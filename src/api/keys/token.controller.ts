import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Post,
  UseFilters,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MachineClientsService } from '../../access/keys/machine-clients.service.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { PERMISSIONS } from '../../platform/auth/permission.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { readTokenRequest } from './client-credentials.js';
import { TokenRefusedFilter } from './token-refused.filter.js';

/** A token as RFC 6749 names its parts. */
export class TokenView {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  /** Permissions, parted by blanks; absent where the token is as wide as its person. */
  scope?: string;
}

/** Tokens for clients, and what a client library reads to find them (RFC 8414). */
@ApiTags('Keys')
@Controller()
@UseFilters(TokenRefusedFilter)
export class TokenController {
  constructor(
    private readonly clients: MachineClientsService,
    private readonly transactions: TransactionRunner,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A token for a client's secret. */
  @Public()
  @Post('oauth/token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ schema: { type: 'object', required: ['grant_type'], properties: fieldsOfForm() } })
  @ApiOperation({ summary: 'A token for a client (OAuth 2 client credentials)' })
  async token(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: object,
  ): Promise<TokenView> {
    const request = readTokenRequest(authorization, body);
    const token = await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.clients.token(tx, request),
    );
    return {
      access_token: token.accessToken,
      token_type: 'Bearer',
      expires_in: token.expiresInSeconds,
      ...(token.scope === null ? {} : { scope: token.scope.join(' ') }),
    };
  }

  /** Where tokens are to be had. */
  @Public()
  @Get('.well-known/oauth-authorization-server')
  @ApiOperation({ summary: 'Where and how a client gets its token (RFC 8414)' })
  metadata(): Record<string, unknown> {
    const issuer = this.config.publicUrl;
    return {
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: PERMISSIONS,
      service_documentation: `${issuer}/docs`,
    };
  }
}

function fieldsOfForm(): Record<string, { type: 'string' }> {
  return {
    grant_type: { type: 'string' },
    client_id: { type: 'string' },
    client_secret: { type: 'string' },
    scope: { type: 'string' },
  };
}
