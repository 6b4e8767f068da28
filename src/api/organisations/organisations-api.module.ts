import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { AffiliationsController } from './affiliations.controller.js';
import { OrganisationsController } from './organisations.controller.js';

@Module({
  imports: [AccessModule],
  controllers: [OrganisationsController, AffiliationsController],
})
export class OrganisationsApiModule {}
