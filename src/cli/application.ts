import { createHash } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { FeaturesModule } from '../features.module.js';
import type { Actor } from '../platform/auth/actor.js';
import { NotSignedIn } from '../platform/auth/auth.errors.js';
import { AUTHENTICATOR, type Authenticator } from '../platform/auth/authenticator.js';
import type { Command } from '../platform/database/command-runner.js';
import { ErasureReplayService } from '../privacy/erasure-replay.service.js';
import { KeyMissing } from './cli.errors.js';
import type { GlobalOptions } from './command.js';
import type { Terminal } from './terminal.js';

/** A part of the service, by its class. */
export type Get = <T>(type: Type<T> | symbol) => T;

/** The service's features without HTTP and without the queue: what the command line and the demonstration work with. */
export interface Application {
  readonly get: Get;
  readonly close: () => Promise<void>;
}

export async function openApplication(): Promise<Application> {
  const application: INestApplicationContext = await NestFactory.createApplicationContext(
    FeaturesModule,
    { logger: false, abortOnError: false },
  );
  return {
    get: (type) => application.get(type, { strict: false }),
    close: () => application.close(),
  };
}

/** What a command is given beside its own options: the service, and who acts. */
export interface Session {
  readonly get: Get;
  readonly actor: Actor;
  /** An act of this person. The same act said again has the same key, so that a repetition changes nothing. */
  readonly command: (...act: readonly string[]) => Command;
}

/** Runs the work as the person whose key was given. Refuses KeyMissing and NotSignedIn. */
export async function asPerson<T>(
  options: GlobalOptions,
  terminal: Terminal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const key = options.key ?? terminal.environment['OUTTURN_API_KEY'];
  if (key === undefined || key === '') throw new KeyMissing();
  const application = await openApplication();
  try {
    // a database that was restored may have forgotten whom it must not show, and this may be the first that works on it
    await application.get(ErasureReplayService).replay();
    const found = await application.get<Authenticator>(AUTHENTICATOR).authenticate(key);
    if (found === null) throw new NotSignedIn();
    const actor: Actor = { ...found, via: 'cli' };
    const { get } = application;
    return await work({ get, actor, command: (...act) => commandOf(actor, act) });
  } finally {
    await application.close();
  }
}

/** An act by its words: they are hashed into the key, so that the same words by the same person are the same act. */
export function commandOf(actor: Actor, act: readonly string[]): Command {
  const requestHash = createHash('sha256').update(act.join('\n'), 'utf8').digest('hex');
  return { actor, idempotencyKey: `${act[0]}:${requestHash.slice(0, 40)}`, requestHash };
}
