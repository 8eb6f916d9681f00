/** Starts `cascade.test-process.ts` on a home, follows what it says, kills it, and looks at what it left. */
import { fork, type ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openFrameFile } from '#frames/reader';
import { recipeSchema, type Recipe } from '#shared/recipe';
import { artifactMetadataSchema } from '../artifacts/metadata';
import { readJsonFile } from '../files/json-file';

/** What the process said of its stages. */
export interface Told {
  readonly begun: string[];
  /** Stages that it made, and those that it found made. */
  readonly made: string[];
  readonly reused: string[];
  /** Steps that a stage was resumed at, where not 0. */
  readonly resumed: string[];
  readonly waited: string[];
  readonly notices: unknown[];
  recipe: Recipe | undefined;
  lines: number;
}

export interface CascadeProcess {
  readonly child: ChildProcess;
  readonly told: Told;
  /** Resolves when it is gone, with its exit code, `null` when killed. */
  readonly exited: Promise<number | null>;
}

interface Line {
  readonly event?: { kind: string; stage: string; reused: boolean; resumedAtStep: number };
  readonly notice?: unknown;
  readonly result?: { recipe: unknown };
}

interface Watching {
  /** After each event, with all that was told so far. */
  readonly onLine?: (told: Told) => void;
  /** A stage at whose beginning the process suspends itself, until it is sent SIGCONT. */
  readonly suspendAt?: string;
}

export function startCascade(
  home: string,
  packDirectory: string,
  shot: object,
  { onLine = () => undefined, suspendAt }: Watching = {},
): CascadeProcess {
  const jiti = path.join(path.dirname(createRequire(import.meta.url).resolve('jiti/package.json')), 'lib/jiti-cli.mjs');
  const script = path.join(import.meta.dirname, 'cascade.test-process.ts');
  const stdio = ['ignore', 'pipe', 'inherit', 'ipc'] as const;
  const args = [script, home, packDirectory, JSON.stringify(shot), ...(suspendAt === undefined ? [] : [suspendAt])];
  const child = fork(jiti, args, { stdio: [...stdio] });
  const told: Told = {
    ...{ begun: [], made: [], reused: [], resumed: [], waited: [], notices: [] },
    ...{ recipe: undefined, lines: 0 },
  };
  let heard = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = (heard + text).split('\n');
    // What has no end is not said yet: a kill may cut it off.
    heard = lines.pop() ?? '';
    for (const line of lines) {
      hear(told, JSON.parse(line) as Line);
      onLine(told);
    }
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, told, exited };
}

function hear(told: Told, { event, notice, result }: Line): void {
  told.lines += 1;
  if (notice !== undefined) told.notices.push(notice);
  if (result !== undefined) told.recipe = recipeSchema.parse(result.recipe);
  if (event?.kind === 'waiting') told.waited.push(event.stage);
  if (event?.kind === 'stage-started') told.begun.push(event.stage);
  if (event?.kind === 'stage-started' && event.resumedAtStep > 0)
    told.resumed.push(`${event.stage}@${event.resumedAtStep}`);
  if (event?.kind === 'stage-finished') (event.reused ? told.reused : told.made).push(event.stage);
}

/**
 * Reads everything that bears a final name, as it lies: throws when any of it is not whole.
 *
 * @returns stage of each artifact, and the hash of its frames
 */
export async function readArtifacts(home: string): Promise<Readonly<Record<string, string>>> {
  const folder = path.join(home, 'artifacts');
  const found: Record<string, string> = {};
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^[0-9a-f]{64}\.(json|frames)$/.test(name)) continue;
    if (name.endsWith('.frames')) {
      const reader = await openFrameFile(path.join(folder, name));
      await reader.verify().finally(() => reader.close());
      continue;
    }
    const metadata = await readJsonFile(path.join(folder, name), artifactMetadataSchema);
    if (metadata.kind !== 'read') throw new Error(`${name} is ${metadata.kind}.`);
    const reader = await openFrameFile(path.join(folder, `${metadata.value.key}.frames`));
    await reader.close();
    const { origin, framesSha256 } = metadata.value;
    if (reader.framesSha256 !== framesSha256) throw new Error(`${name} names other frames than there are.`);
    found[origin.kind === 'stage' ? origin.stage : name] = framesSha256;
  }
  return found;
}

/** Hash of each stage's frames, by stage. */
export function framesOf(recipe: Recipe | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(recipe?.stages.map((stage) => [stage.id, stage.framesSha256]) ?? []);
}
