import { DomainError } from '../domain/shared/domain-error.js';
import { DemoSignIns } from './demo-sign-ins.js';
import { demoFiles } from './local-database.js';

/** Thrown when a code is asked for of somebody whom no demo has set up. */
export class NobodyOfTheDemo extends DomainError {
  constructor() {
    super({
      code: 'NOBODY_OF_THE_DEMO',
      kind: 'not-found',
      detail: 'The demo has no such person. It lists its people when it starts: npm run demo.',
    });
  }
}

/** What the authenticator of one of the demo's people shows now. Refuses NobodyOfTheDemo. */
export async function demoCode(environment: NodeJS.ProcessEnv, email: string): Promise<string> {
  const { signInsFile } = await demoFiles(environment);
  const signIns = await DemoSignIns.find(signInsFile);
  const code = signIns?.codeFor(email.trim().toLowerCase()) ?? null;
  if (code === null) throw new NobodyOfTheDemo();
  return code;
}
