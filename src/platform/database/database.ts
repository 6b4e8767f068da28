import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asUnavailable } from './availability.js';

/**
 * The connection to PostgreSQL, made when it is first needed and tried again after a failure, so that the service
 * starts, answers "unavailable" and recovers by itself when the database is away.
 */
@Injectable()
export class Database {
  private connecting: Promise<DataSource> | null = null;

  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** The data source, connected. Refuses DatabaseUnavailable. */
  async ready(): Promise<DataSource> {
    if (this.source.isInitialized) return this.source;
    this.connecting ??= this.source.initialize().finally(() => {
      this.connecting = null;
    });
    try {
      return await this.connecting;
    } catch (error) {
      throw asUnavailable(error);
    }
  }
}
