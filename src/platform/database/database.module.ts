import { Global, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { CommandRunner } from './command-runner.js';
import { dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import { TransactionRunner } from './transaction-runner.js';

/** PostgreSQL for everybody: features list their entities with TypeOrmModule.forFeature. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config.databaseUrl, {
          onConnectionLost: (error) =>
            new Logger('Database').warn(`A database connection was lost: ${error.message}`),
        }),
        autoLoadEntities: true,
        manualInitialization: true, // see Database: the service starts while PostgreSQL is away
      }),
    }),
  ],
  providers: [Database, TransactionRunner, CommandRunner],
  exports: [Database, TransactionRunner, CommandRunner],
})
export class DatabaseModule {}
