/** The benchmark's figures as text. */
import { planCascade } from '#engine/plan-cascade';
import type { PackManifest } from '#shared/pack-manifest';
import { plainShot } from '#shared/shot';
import { mebibyte } from '#shared/units';
import type { RuntimeSpeed } from './runtime-against-torch';
import type { WholeClip } from './whole-clip';

export function clipTable(clip: WholeClip, manifest: PackManifest, peakGflops: number): string {
  const plan = planCascade(manifest, plainShot('bench', 0));
  const rows = clip.stages.map((figures) => {
    const flops = plan.stages.find(({ id }) => id === figures.stage)?.flops ?? 0;
    const gflops = flops / 1e9 / figures.runtimeSec;
    return [
      figures.stage,
      figures.loadSec.toFixed(2),
      figures.runtimeSec.toFixed(1),
      figures.engineSec.toFixed(1),
      `${((100 * figures.engineSec) / (figures.engineSec + figures.runtimeSec)).toFixed(1)} %`,
      String(figures.evaluations),
      gflops.toFixed(0),
      `${((100 * gflops) / peakGflops).toFixed(0)} %`,
      (figures.peakRssBytes / mebibyte).toFixed(0),
    ];
  });
  const header = ['stage', 'load s', 'runtime s', 'engine s', 'engine', 'evals', 'GFLOP/s', 'of peak', 'peak MiB'];
  const engine = sum(clip.stages.map(({ engineSec }) => engineSec));
  const runtime = sum(clip.stages.map(({ runtimeSec }) => runtimeSec));
  return [
    table([header, ...rows]),
    '',
    `whole clip ${clip.generateSec.toFixed(1)} s · engine ${((100 * engine) / (engine + runtime)).toFixed(1)} % of it · ` +
      `first preview ${clip.firstPreviewSec.toFixed(2)} s · export ${(clip.frames / clip.exportSec).toFixed(1)} frames/s`,
  ].join('\n');
}

const ways = ['eagerSec', 'channelsLastSec', 'compiledSec'] as const;

/** Seconds of one evaluation on both sides, and below them those of all evaluations of the clip. */
export function runtimeTable(speeds: readonly RuntimeSpeed[], clip: WholeClip): string {
  const rows = speeds.map((speed) => [
    speed.stage,
    String(speed.frames),
    speed.runtimeSec.toFixed(3),
    ...ways.map((way) => beside(speed[way], speed.runtimeSec)),
  ]);
  const spent = sum(clip.stages.map(({ runtimeSec }) => runtimeSec));
  const whole = ways.map((way) => beside(clipSeconds(speeds, clip, way), spent));
  const header = ['stage', 'frames', 'ORT s', 'torch eager s', 'channels last s', 'compiled s'];
  return [
    table([header, ...rows, ['whole clip', String(clip.frames), spent.toFixed(1), ...whole]]),
    ...(speeds.some(isWithoutCompiled) ? [compiledHint] : []),
  ].join('\n');
}

function beside(sec: number | undefined, runtimeSec: number): string {
  return sec === undefined ? 'not run' : `${sec.toFixed(3)} (${(sec / runtimeSec).toFixed(2)}×)`;
}

/** What the clip would spend in PyTorch: every stage's seconds in the runtime, times its ratio. Undefined if a stage has none. */
function clipSeconds(speeds: readonly RuntimeSpeed[], clip: WholeClip, way: (typeof ways)[number]): number | undefined {
  let total = 0;
  for (const { stage, runtimeSec } of clip.stages) {
    const speed = speeds.find((one) => one.stage === stage);
    const torchSec = speed?.[way];
    if (speed === undefined || torchSec === undefined) return undefined;
    total += (runtimeSec * torchSec) / speed.runtimeSec;
  }
  return total;
}

const compiledHint = 'torch compiled takes minutes to compile: --compile runs it as well.';

function isWithoutCompiled({ eagerSec, compiledSec }: RuntimeSpeed): boolean {
  return eagerSec !== undefined && compiledSec === undefined;
}

/** Columns as wide as their widest cell; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
