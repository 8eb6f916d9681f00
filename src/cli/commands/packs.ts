/** `sluice packs`: which model packs there are, whether they are whole, and how they come and go. */
import path from 'node:path';
import { stat } from 'node:fs/promises';
import type { PackReport } from '#main/packs/inspect-pack';
import type { PackEntry } from '#main/packs/library';
import { isSound, reportLines } from '#main/packs/report-text';
import { SluiceError } from '#shared/errors';
import { defineCommand, type CommandInput } from '../command';
import { table } from '../display/table';
import { painter, printable } from '../display/text';
import { bytes } from '../display/units';
import { exitCodes } from '../exit-codes';
import { oneAction } from '../options/one-action';

const actions = new Map([
  ['list', 0],
  ['verify', 1],
  ['install', 1],
  ['remove', 1],
] as const);
const options = {};
type Input = CommandInput<typeof options>;

export const packsCommand = defineCommand(
  {
    name: 'packs',
    summary: 'list, verify, install and remove model packs',
    synopsis: 'list | verify [<pack>] | install <folder or zip> | remove <pack>',
    options,
    notes: ['A pack is named by its name, name@version, or the beginning of its hash.'],
    examples: [
      { command: 'packs list', does: 'what there is, and whether it can be used' },
      { command: 'packs verify papercut', does: 'reads every byte again, and says what was checked' },
      { command: 'packs install papercut-1.0.0.zip', does: 'checks every file before anything is kept' },
      { command: 'packs remove papercut@1.0.0', does: 'built-in packs cannot be removed' },
    ],
  },
  run,
);

async function run(input: Input): Promise<number> {
  const { action, rest } = oneAction(actions, input.positionals, 'packs');
  switch (action) {
    case 'list':
      return list(input);
    case 'verify':
      return verify(input, rest[0]);
    case 'install':
      return install(input, needed(rest[0], 'install <folder or zip>'));
    case 'remove':
      return remove(input, needed(rest[0], 'remove <pack>'));
  }
}

async function list({ values, context: { sluice, io, signal } }: Input): Promise<number> {
  const entries = await sluice.packs.list(signal);
  if (values.json) for (const entry of entries) io.out(`${JSON.stringify(entryJson(entry))}\n`);
  else io.out(entriesText(entries, painter(io.outColours)));
  return exitCodes.ok;
}

/** Reads every byte, whatever was verified before: of one pack, or of all. */
async function verify({ values, context }: Input, reference: string | undefined): Promise<number> {
  const { sluice, io, signal } = context;
  const reports = [];
  for await (const report of reference === undefined
    ? sluice.packs.verifyAll(signal)
    : [await sluice.packs.verify(reference, signal)]) {
    reports.push(report);
    io.out(
      values.json ? `${JSON.stringify(reportJson(report))}\n` : `${reportLines(report).map(printable).join('\n')}\n`,
    );
  }
  const sound = reports.filter(isSound).length;
  if (reference === undefined && !values.json) io.out(`\n${sound} of ${reports.length} packs are whole.\n`);
  return sound === reports.length ? exitCodes.ok : exitCodes.pack;
}

async function install({ values, context: { sluice, io, signal } }: Input, source: string): Promise<number> {
  const place = path.resolve(io.directory, source);
  const kind = await stat(place).catch(() => undefined);
  if (kind === undefined)
    throw new SluiceError(
      'pack-not-found',
      `There is no folder or file "${source}" to install from. Check the name: a pack is a folder with a manifest.json, or a zip file of one.`,
    );
  const { pack, isNew } = await (kind.isDirectory()
    ? sluice.packs.installFromFolder(place, { signal })
    : sluice.packs.installFromZip(place, { signal }));
  const { name, version } = pack.manifest;
  io.out(
    values.json
      ? `${JSON.stringify({ event: 'installed', name, version, hash: pack.hash, isNew })}\n`
      : `${name} ${version} ${isNew ? 'is installed' : 'was installed before'} (${pack.hash.slice(0, 12)}).\n`,
  );
  return exitCodes.ok;
}

async function remove({ values, context: { sluice, io } }: Input, reference: string): Promise<number> {
  const { name, version, hash } = await sluice.packs.remove(reference);
  io.out(
    values.json
      ? `${JSON.stringify({ event: 'removed', name, version, hash })}\n`
      : `${name} ${version} is removed (${hash.slice(0, 12)}).\n`,
  );
  return exitCodes.ok;
}

function entriesText(entries: readonly PackEntry[], paint: ReturnType<typeof painter>): string {
  const text = table<PackEntry>(
    [
      {
        title: 'pack',
        cell: (entry) => (entry.state === 'valid' ? entry.pack.manifest.name : path.basename(entry.directory)),
      },
      { title: 'version', cell: (entry) => (entry.state === 'valid' ? entry.pack.manifest.version : '?') },
      { title: 'hash', cell: (entry) => (entry.state === 'valid' ? entry.pack.hash.slice(0, 12) : '?') },
      { title: 'origin', cell: ({ origin }) => origin },
      {
        title: 'stages',
        cell: (entry) => (entry.state === 'valid' ? String(entry.pack.manifest.stages.length) : '?'),
        right: true,
      },
      { title: 'size', cell: (entry) => (entry.state === 'valid' ? bytes(sizeOf(entry)) : '?'), right: true },
      { title: 'state', cell: ({ state }) => (state === 'valid' ? 'whole' : 'cannot be used') },
    ],
    entries,
    paint,
  );
  const problems = entries.map((entry) =>
    entry.state === 'invalid' ? `  ${entry.directory}: ${printable(entry.problem.message)}\n` : '',
  );
  return text + problems.join('');
}

function entryJson(entry: PackEntry): object {
  const { directory, origin, state } = entry;
  if (entry.state === 'invalid') return { event: 'pack', directory, origin, state, problem: entry.problem.message };
  const { name, version, title, licence, stages } = entry.pack.manifest;
  const shapes = stages.map(({ id, output }) => ({ id, ...output }));
  return {
    event: 'pack',
    directory,
    origin,
    state,
    name,
    version,
    title,
    licence,
    hash: entry.pack.hash,
    sizeBytes: sizeOf(entry),
    stages: shapes,
  };
}

function reportJson(report: PackReport): object {
  const { directory, manifest, hash, checks } = report;
  return {
    event: 'pack',
    directory,
    state: isSound(report) ? 'valid' : 'invalid',
    ...(manifest && { name: manifest.name, version: manifest.version }),
    hash,
    checks: checks.map(({ subject, outcome }) =>
      outcome.kind === 'passed'
        ? { subject, passed: true, note: outcome.note }
        : { subject, passed: false, problem: outcome.error.message },
    ),
  };
}

function sizeOf(entry: Extract<PackEntry, { state: 'valid' }>): number {
  return entry.pack.manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function needed(given: string | undefined, synopsis: string): string {
  if (given === undefined) throw new SluiceError('invalid-argument', `Something is missing: sluice packs ${synopsis}.`);
  return given;
}
