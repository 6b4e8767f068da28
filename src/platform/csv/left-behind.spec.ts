import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeLeftBehind } from './left-behind.js';
import { discard, receiveStream } from './received-file.js';

describe('copies of uploads that a killed process left', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'outturn-left-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('are removed a day later, and nothing else is', async () => {
    const received = await receiveStream(
      (async function* () {
        yield await Promise.resolve(Buffer.from('reference\nP-1\n'));
      })(),
      'participants.csv',
    );
    const copy = path.join(folder, path.basename(received.path));
    fs.copyFileSync(received.path, copy);
    await discard(received);
    fs.writeFileSync(path.join(folder, 'somebody-elses.csv'), '');
    fs.mkdirSync(path.join(folder, 'outturn-upload-that-is-a-folder'));

    const writtenAt = fs.statSync(copy).mtimeMs; // by the clock of the file system
    const hours = (count: number) => writtenAt + count * 60 * 60 * 1_000;
    expect(await removeLeftBehind(folder, hours(23))).toBe(0);
    expect(fs.existsSync(copy)).toBe(true);
    expect(await removeLeftBehind(folder, hours(25))).toBe(1);
    expect(fs.readdirSync(folder).sort()).toEqual([
      'outturn-upload-that-is-a-folder',
      'somebody-elses.csv',
    ]);
    expect(await removeLeftBehind(folder, hours(25))).toBe(0);
  });
});
