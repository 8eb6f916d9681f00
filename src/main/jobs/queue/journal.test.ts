import { mkdir, open, readdir, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../jobs.test-support';
import { Journal, openJournal, type JournalOptions } from './journal';

function wordsIn(folder: string): JournalOptions<readonly string[], string> {
  return {
    folder,
    state: z.array(z.string()).readonly(),
    change: z.string(),
    empty: [],
    apply: (words, word) => [...words, word],
    onDamaged: () => expect.unreachable(),
  };
}

/** The file, on which nothing can be made durable nor taken back while `isBroken`. */
function faulty(file: FileHandle, isBroken: () => boolean): FileHandle {
  const full = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  return new Proxy(file, {
    get: (target, name) => {
      if (isBroken() && (name === 'datasync' || name === 'truncate')) return full;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function'
        ? (...args: unknown[]): unknown => Reflect.apply(member, target, args)
        : member;
    },
  });
}

it('a change that was refused never comes back, also where it could not be taken out of the file', async () => {
  const options = wordsIn(await temporaryFolder());
  await (await openJournal(options)).close();
  let isBroken = true;
  const file = await open(path.join(options.folder, 'journal'), 'a');
  const journal = new Journal(
    options,
    faulty(file, () => isBroken),
    0,
    [],
  );
  await expect(journal.append('refused')).rejects.toMatchObject({ code: 'disk-full' });
  await expect(journal.append('refused too')).rejects.toMatchObject({ code: 'disk-full' });
  isBroken = false;
  await journal.append('kept');
  expect(journal.state).toEqual(['kept']);
  await journal.close();
  const again = await openJournal(options);
  expect(again.state).toEqual(['kept']);
  await again.close();
});

it('a damaged line costs that change alone, and is said', async () => {
  const damaged: string[] = [];
  const options = { ...wordsIn(await temporaryFolder()), onDamaged: (movedTo: string) => damaged.push(movedTo) };
  const journal = await openJournal(options);
  for (const word of ['one', 'two', 'three']) await journal.append(word);
  await journal.close();
  const file = path.join(options.folder, 'journal');
  const text = (await readFile(file, 'utf8')).replace('"two"', '"tvo"');
  await writeFile(file, text);
  const again = await openJournal(options);
  expect(again.state).toEqual(['one', 'three']);
  expect(damaged).toEqual([`${file}.damaged`]);
  expect(await readFile(`${file}.damaged`, 'utf8')).toBe(text);
  await again.append('four');
  await again.close();
  const third = await openJournal({ ...options, onDamaged: () => expect.unreachable() });
  expect(third.state).toEqual(['one', 'three', 'four']);
  await third.close();
});

it('folders in the place of its snapshot are moved aside, one after the other', async () => {
  const damaged: string[] = [];
  const options = { ...wordsIn(await temporaryFolder()), onDamaged: (movedTo: string) => damaged.push(movedTo) };
  const snapshot = path.join(options.folder, 'snapshot.json');
  for (const name of ['first', 'second']) {
    await rm(snapshot, { recursive: true, force: true });
    await mkdir(path.join(snapshot, name), { recursive: true });
    const journal = await openJournal(options);
    expect(journal.state).toEqual([]);
    await journal.close();
    expect(await readdir(`${snapshot}.damaged`)).toEqual([name]);
  }
  expect(damaged).toHaveLength(2);
});
