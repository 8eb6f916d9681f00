/** `sluice artifacts`: the stage outputs that are kept, whether they are whole, and how to make room. */
import type { ArtifactStore } from '#main/artifacts/artifact-store';
import { artifactByKey } from '#main/media/artifact-by-key';
import { SluiceError } from '#shared/errors';
import { defineCommand, type CommandInput } from '../command';
import { table } from '../display/table';
import { fit, painter } from '../display/text';
import { bytes } from '../display/units';
import { exitCodes } from '../exit-codes';
import { oneAction } from '../options/one-action';
import { flag } from '../options/option';

const actions = new Map([
  ['list', 0],
  ['verify', 1],
  ['remove', 1],
  ['clear', 0],
] as const);
const options = { yes: flag('clear without asking first', { short: 'y' }) };
type Input = CommandInput<typeof options>;
type Listed = Awaited<ReturnType<ArtifactStore['list']>>[number];

const promptColumns = 44;

export const artifactsCommand = defineCommand(
  {
    name: 'artifacts',
    summary: 'list, verify and remove the stage outputs that are kept',
    synopsis: 'list | verify [<key>] | remove <key> | clear --yes',
    options,
    notes: [
      'An artifact is named by its key, of which eight digits suffice. What a project or a running job needs is never removed.',
    ],
    examples: [
      { command: 'artifacts list', does: 'newest use first' },
      {
        command: 'artifacts verify',
        does: 'reads every frame; what is damaged is moved aside and made again when needed',
      },
      { command: 'artifacts clear --yes', does: 'removes all that nothing needs' },
    ],
  },
  run,
);

async function run(input: Input): Promise<number> {
  const { action, rest } = oneAction(actions, input.positionals, 'artifacts');
  const { artifacts } = await input.context.sluice.jobs();
  switch (action) {
    case 'list':
      return list(input, artifacts);
    case 'verify':
      return verify(input, artifacts, rest[0]);
    case 'remove':
      return remove(input, artifacts, rest[0]);
    case 'clear':
      return clear(input, artifacts);
  }
}

async function list({ values, context: { io } }: Input, artifacts: ArtifactStore): Promise<number> {
  const all = (await artifacts.list()).toSorted((a, b) => b.lastUsedMs - a.lastUsedMs);
  if (values.json) for (const artifact of all) io.out(`${JSON.stringify(listedJson(artifact))}\n`);
  else
    io.out(
      `${listedText(all, io.outColours)}  ${all.length} artifacts, ${bytes(total(all))} in ${artifacts.files.folder}\n`,
    );
  return exitCodes.ok;
}

async function verify(
  { values, context: { io, signal } }: Input,
  artifacts: ArtifactStore,
  key: string | undefined,
): Promise<number> {
  const chosen = key === undefined ? await artifacts.list() : [await artifactByKey(artifacts, key)];
  let damaged = 0;
  for (const artifact of chosen) {
    signal.throwIfAborted();
    const isWhole = await artifacts.verify(artifact.key);
    if (!isWhole) damaged += 1;
    if (values.json) io.out(`${JSON.stringify({ event: 'verified', key: artifact.key, whole: isWhole })}\n`);
  }
  if (!values.json) io.out(`${chosen.length - damaged} of ${chosen.length} artifacts are whole.\n`);
  return damaged === 0 ? exitCodes.ok : exitCodes.failure;
}

async function remove(
  { values, context: { io } }: Input,
  artifacts: ArtifactStore,
  key: string | undefined,
): Promise<number> {
  if (key === undefined) throw new SluiceError('invalid-argument', 'A key is missing: sluice artifacts remove <key>.');
  const artifact = await artifactByKey(artifacts, key);
  await artifacts.remove(artifact.key);
  io.out(
    values.json
      ? `${JSON.stringify({ event: 'removed', key: artifact.key })}\n`
      : `${artifact.key.slice(0, 12)} is removed.\n`,
  );
  return exitCodes.ok;
}

async function clear({ values, context: { io, signal } }: Input, artifacts: ArtifactStore): Promise<number> {
  const unneeded = (await artifacts.list()).filter(({ pinned }) => !pinned);
  if (!values.yes)
    throw new SluiceError(
      'invalid-argument',
      `This would remove ${unneeded.length} artifacts (${bytes(total(unneeded))}), which then have to be computed again when needed. Add --yes to do it.`,
    );
  const removed: Listed[] = [];
  for (const artifact of unneeded) {
    signal.throwIfAborted();
    if (await artifacts.removeUnlessNeeded(artifact.key)) removed.push(artifact);
  }
  const { length: count } = removed;
  io.out(
    values.json
      ? `${JSON.stringify({ event: 'cleared', count, sizeBytes: total(removed) })}\n`
      : `${count} artifacts are removed, ${bytes(total(removed))} are free again.\n`,
  );
  return exitCodes.ok;
}

function listedText(all: readonly Listed[], colours: boolean): string {
  return table<Listed>(
    [
      { title: 'key', cell: ({ key }) => key.slice(0, 12) },
      { title: 'stage', cell: ({ metadata: { origin } }) => (origin.kind === 'stage' ? origin.stage : 'imported') },
      { title: 'clip', cell: ({ metadata: { frames, width, height } }) => `${frames} × ${width}×${height}` },
      { title: 'size', cell: ({ metadata }) => bytes(metadata.sizeBytes), right: true },
      {
        title: 'seed',
        cell: ({ metadata: { origin } }) => (origin.kind === 'stage' ? String(origin.seed) : ''),
        right: true,
      },
      { title: 'used', cell: ({ lastUsedMs }) => new Date(lastUsedMs).toISOString().slice(0, 16).replace('T', ' ') },
      { title: 'needed', cell: ({ pinned }) => (pinned ? 'yes' : '') },
      {
        title: 'prompt',
        cell: ({ metadata: { origin } }) =>
          fit(origin.kind === 'stage' ? (origin.prompts[0] ?? '') : '', promptColumns),
      },
    ],
    all,
    painter(colours),
  );
}

function listedJson({ key, path, metadata, lastUsedMs, pinned }: Listed): object {
  return { event: 'artifact', ...metadata, key, path, lastUsed: new Date(lastUsedMs).toISOString(), pinned };
}

function total(artifacts: readonly Listed[]): number {
  return artifacts.reduce((sum, { metadata }) => sum + metadata.sizeBytes, 0);
}
