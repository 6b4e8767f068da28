import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { PeopleController } from './people.controller.js';

@Module({ imports: [AccessModule], controllers: [PeopleController] })
export class PeopleApiModule {}
