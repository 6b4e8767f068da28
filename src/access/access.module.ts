import { Module } from '@nestjs/common';
import { AUTHENTICATOR } from '../platform/auth/authenticator.js';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { ApiKeyAuthenticator } from './api-key.authenticator.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';
import { SIGN_IN_PROVIDERS, SIGN_IN_SERVICES } from './sign-in/sign-in.providers.js';

/** People, how they sign in, their keys, and what each may do on a contract. */
@Module({
  providers: [
    AccessService,
    AccessRepository,
    PeopleService,
    PeopleRepository,
    MembersService,
    MembersRepository,
    ...SIGN_IN_PROVIDERS,
    { provide: AUTHENTICATOR, useClass: ApiKeyAuthenticator },
  ],
  exports: [AccessService, PeopleService, MembersService, AUTHENTICATOR, ...SIGN_IN_SERVICES],
})
export class AccessModule {}
