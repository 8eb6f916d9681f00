/**
 * A process for `lock.test.ts`: again and again takes the lock, reads a number from a file, waits, writes the next one. Two
 * processes inside at once lose a count.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Locks } from './lock';
import { announcePresence } from './presence';

const [folder = '', rounds = '1', holdMs = '1'] = process.argv.slice(2);
const counter = path.join(folder, 'counter');
const locks = new Locks(path.join(folder, 'locks'), await announcePresence(path.join(folder, 'presence')));
for (let round = 0; round < Number(rounds); round += 1) {
  const lock = await locks.acquire('counter', new AbortController().signal);
  const count = Number(readFileSync(counter, 'utf8'));
  appendFileSync(path.join(folder, 'entered'), `${process.pid}\n`);
  await wait(Number(holdMs));
  writeFileSync(counter, String(count + 1));
  await lock.release();
}
await locks.presence.close();
