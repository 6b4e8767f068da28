import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { asUnavailable } from './availability.js';
import { DatabaseUnavailable } from './database.errors.js';
import { refusePowerfulLogin } from './login.js';

/**
 * The connection to PostgreSQL, made when it is first needed and tried again after a failure, so that the service
 * starts, answers "unavailable" and recovers by itself when the database is away.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private connected: DataSource | null = null;
  private connecting: Promise<DataSource> | null = null;
  private isClosed = false;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** From here on nobody connects again: whoever still polls would keep the process from ending. */
  onApplicationShutdown(): void {
    this.isClosed = true;
  }

  /** How long a transaction that writes may say nothing before PostgreSQL ends it. */
  get silentSeconds(): number {
    return this.config.silentTransactionSeconds;
  }

  /** The data source, connected. Refuses DatabaseUnavailable, and LoginRefused in production. */
  async ready(): Promise<DataSource> {
    if (this.isClosed) throw new DatabaseUnavailable(new Error('this process is stopping'));
    if (this.connected?.isInitialized) return this.connected;
    this.connecting ??= this.connect().finally(() => {
      this.connecting = null;
    });
    try {
      return await this.connecting;
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** In production a login that row-level security does not hold is never used, not even for a moment. */
  private async connect(): Promise<DataSource> {
    const source = await this.source.initialize();
    try {
      if (this.config.environment === 'production')
        await refusePowerfulLogin((sql) => source.query(sql));
    } catch (error) {
      await source.destroy();
      throw error;
    }
    this.connected = source;
    return source;
  }
}
