import { Module } from '@nestjs/common';
import { AUTHENTICATOR } from '../platform/auth/authenticator.js';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { ApiKeyAuthenticator } from './api-key.authenticator.js';
import { HumansRepository } from './humans/humans.repository.js';
import { HumansService } from './humans/humans.service.js';
import { KeyScopesRepository } from './keys/key-scopes.repository.js';
import { KeyScopesService } from './keys/key-scopes.service.js';
import { KeysRepository } from './keys/keys.repository.js';
import { KeysService } from './keys/keys.service.js';
import { MachineClientsRepository } from './keys/machine-clients.repository.js';
import { MachineClientsService } from './keys/machine-clients.service.js';
import { MemberStandingService } from './member-standing.service.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';
import { AccessReviewsRepository } from './organisations/access-reviews.repository.js';
import { AccessReviewsService } from './organisations/access-reviews.service.js';
import { AffiliationsService } from './organisations/affiliations.service.js';
import { OrganisationsRepository } from './organisations/organisations.repository.js';
import { OrganisationsService } from './organisations/organisations.service.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';

/** People, their keys, and what each may do on a contract. */
@Module({
  providers: [
    AccessService,
    AccessRepository,
    PeopleService,
    PeopleRepository,
    MembersService,
    MembersRepository,
    MemberStandingService,
    OrganisationsService,
    OrganisationsRepository,
    AffiliationsService,
    AccessReviewsService,
    AccessReviewsRepository,
    HumansService,
    HumansRepository,
    KeysService,
    KeysRepository,
    KeyScopesService,
    KeyScopesRepository,
    MachineClientsService,
    MachineClientsRepository,
    { provide: AUTHENTICATOR, useClass: ApiKeyAuthenticator },
  ],
  exports: [
    AccessService,
    PeopleService,
    MembersService,
    MemberStandingService,
    OrganisationsService,
    AffiliationsService,
    AccessReviewsService,
    HumansService,
    KeysService,
    MachineClientsService,
    AUTHENTICATOR,
  ],
})
export class AccessModule {}
