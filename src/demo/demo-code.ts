import { DomainError } from '../domain/shared/domain-error.js';
import { DemoSignIns } from './demo-sign-ins.js';
import { demoFiles } from './local-database.js';

/** Thrown when a code is asked for of somebody whom no demo has set up. */
export class NobodyOfTheDemo extends DomainError {
  constructor(isGiven: boolean) {
    const where = isGiven
      ? 'No demo on the database that DATABASE_URL names has such a person; without DATABASE_URL its own is asked.'
      : 'The demo has no such person.';
    super({
      code: 'NOBODY_OF_THE_DEMO',
      kind: 'not-found',
      detail: `${where} It lists its people when it starts: npm run demo.`,
    });
  }
}

/** What the authenticator of one of the demo's people shows now. Refuses NobodyOfTheDemo. */
export async function demoCode(environment: NodeJS.ProcessEnv, email: string): Promise<string> {
  const { signInsFile } = await demoFiles(environment);
  const signIns = await DemoSignIns.find(signInsFile);
  const code = signIns?.codeFor(email.trim().toLowerCase()) ?? null;
  if (code === null) throw new NobodyOfTheDemo(Boolean(environment['DATABASE_URL']));
  return code;
}
