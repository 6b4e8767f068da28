import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { startTestApp } from '../../support/harness.js';

it('a service that has stopped does not connect again for somebody who still asks', async () => {
  const service = await startTestApp();
  const transactions = service.get(TransactionRunner);
  await transactions.readOnly(SERVICE.health, (tx) => tx.query('select 1'));
  await service.stop();
  await expect(
    transactions.readOnly(SERVICE.health, (tx) => tx.query('select 1')),
  ).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  });
});
