import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asUnavailable } from './availability.js';
import { DatabaseUnavailable } from './database.errors.js';

/**
 * The connection to PostgreSQL, made when it is first needed and tried again after a failure, so that the service
 * starts, answers "unavailable" and recovers by itself when the database is away.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private connecting: Promise<DataSource> | null = null;
  private isClosed = false;

  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** From here on nobody connects again: whoever still polls would keep the process from ending. */
  onApplicationShutdown(): void {
    this.isClosed = true;
  }

  /** The data source, connected. Refuses DatabaseUnavailable. */
  async ready(): Promise<DataSource> {
    if (this.isClosed) throw new DatabaseUnavailable(new Error('this process is stopping'));
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
