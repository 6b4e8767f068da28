import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErasureReceipts } from './erasure-receipts.js';

describe('the file of erasures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outturn-receipts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const receiptsIn = (erasuresFile: string | null) => new ErasureReceipts({ erasuresFile });
  const receipt = { contract: 'c', reference: 'P-1', what: 'record' } as const;

  it('is made where there is none, and holds nothing until somebody is erased', async () => {
    const file = join(folder, 'of its own', 'erasures');
    const receipts = receiptsIn(file);
    await receipts.refuseUnwritable();
    expect(readFileSync(file, 'utf8')).toBe('');
    await receipts.add([receipt]);
    await receipts.refuseUnwritable();
    expect(await receipts.all()).toEqual([receipt]);
  });

  it('that cannot be written is refused before anybody is erased', async () => {
    const file = join(folder, 'erasures');
    symlinkSync(join(folder, 'a folder that is gone', 'erasures'), file);
    const receipts = receiptsIn(file);
    expect(await receipts.all()).toEqual([]);
    await expect(receipts.refuseUnwritable()).rejects.toMatchObject({
      code: 'RECEIPTS_UNWRITABLE',
      message: expect.stringContaining('ERASURES_FILE'),
    });
    await expect(receipts.add([receipt])).rejects.toMatchObject({ code: 'ERASURE_NOT_NOTED' });
  });

  it('is not asked for where none is kept', async () => {
    const receipts = receiptsIn(null);
    await receipts.refuseUnwritable();
    await receipts.add([receipt]);
    expect(await receipts.all()).toEqual([]);
  });
});
