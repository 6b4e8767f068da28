// Who uses a services folder. Several runs may share one PostgreSQL; the last to leave stops it, and a run that was
// killed is recognised by its process having gone, so it neither holds the lock nor keeps the server alive.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalServiceFailure } from './failure.mjs';
import { isAlive, startOf } from './processes.mjs';

const LOCK_WAIT_MS = 90_000;
const signature = () => `${process.pid} ${startOf(process.pid)}`;
let entries = 0;

function isLive(text) {
  const [pid, start = ''] = text.trim().split(' ');
  return isAlive(Number(pid)) && startOf(Number(pid)) === start;
}

function readOrNothing(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Does `work` while no other live process does work on the same folder. */
export async function exclusively(dir, work) {
  const lock = path.join(dir, 'start.lock');
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!take(lock)) {
    if (Date.now() > deadline)
      throw new LocalServiceFailure(
        `Another run has been starting PostgreSQL in ${dir} for over ${LOCK_WAIT_MS / 1000} seconds. End it, or delete ${lock}.`,
      );
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function take(lock) {
  // the content is complete before the name exists, so a reader never sees an empty lock
  const mine = `${lock}.${process.pid}.${++entries}`;
  try {
    fs.writeFileSync(mine, signature());
    fs.linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = readOrNothing(lock);
    if (holder !== undefined && !isLive(holder)) fs.rmSync(lock, { force: true });
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** Takes a place that one live process has at a time; gives how to let go of it, or the process that has it. */
export function takePlace(lock) {
  for (;;) {
    if (take(lock)) return () => fs.rmSync(lock, { force: true });
    const holder = readOrNothing(lock);
    if (holder !== undefined && isLive(holder)) return Number(holder.split(' ')[0]);
  }
}

/** Notes that this process uses the folder; the result takes the note back. */
export function enter(dir) {
  const users = path.join(dir, 'users');
  fs.mkdirSync(users, { recursive: true });
  const note = path.join(users, `${process.pid}.${++entries}`);
  fs.writeFileSync(note, signature());
  return () => fs.rmSync(note, { force: true });
}

/** True if a live process uses the folder; notes of processes that have gone are removed. */
export function isUsed(dir) {
  const users = path.join(dir, 'users');
  if (!fs.existsSync(users)) return false;
  return fs
    .readdirSync(users)
    .map((name) => path.join(users, name))
    .filter((note) => {
      const live = isLive(readOrNothing(note) ?? '');
      if (!live) fs.rmSync(note, { force: true });
      return live;
    })
    .some(Boolean);
}
