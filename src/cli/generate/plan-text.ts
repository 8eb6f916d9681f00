/** `--plan`: what would run, stage by stage, and what it would take. Pure. */
import type { MemoryNeed } from '#main/jobs/memory-need';
import type { EstimatedStage, ShotEstimate } from '#main/shot-estimate';
import type { GuidanceCurve, SamplerChoice } from '#shared/guidance';
import { padEnd, padStart, type Paint } from '../display/text';
import { bytes, flops, seconds } from '../display/units';

export interface Plan {
  readonly estimate: ShotEstimate;
  /** What the inference process takes for each stage of the estimate. */
  readonly memory: readonly MemoryNeed[];
  /** Clips like this one, of other seeds, that would be made as well. */
  readonly others: number;
}

export function planText({ estimate, memory, others }: Plan, paint: Paint): string {
  const rows = estimate.stages.map((stage, i) => rowOf(stage, memory[i]));
  const header = ['stage', 'clip', 'steps', 'sampler', 'guidance w', 'evaluations', 'work', 'memory', 'time'];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => (isNumber(i) ? padStart(cell, widths[i] ?? 0) : padEnd(cell, widths[i] ?? 0))).join('  ')}`.trimEnd();
  const words = [totalOf(estimate), ...tooLarge(estimate, memory), ...othersText(others)].map((text) => `  ${text}`);
  return `${[paint('dim', line(header)), ...rows.map(line), '', ...words].join('\n')}\n`;
}

/** The plan as data, for `--json`. */
export function planJson({ estimate: { stages, seconds: total }, memory, others }: Plan): object {
  return {
    event: 'plan',
    seconds: total,
    clips: others + 1,
    stages: stages.map(({ stage, key, isReused, seconds: needed }, i) => ({
      id: stage.id,
      key,
      ...stage.output,
      seed: stage.seed,
      parameters: stage.parameters,
      steps: stage.steps.map(({ logSnrFrom, guidanceWeight, evaluations }) => ({
        logSnrFrom,
        guidanceWeight,
        evaluations,
      })),
      flops: stage.flops,
      memoryBytes: memory[i]?.bytes,
      fits: memory[i]?.windows !== undefined,
      windows: memory[i]?.windows,
      reused: isReused,
      seconds: needed,
    })),
  };
}

function rowOf({ stage, isReused, seconds: needed }: EstimatedStage, memory?: MemoryNeed): readonly string[] {
  const { frames, width, height, fps } = stage.output;
  const evaluations = stage.steps.reduce((sum, step) => sum + step.evaluations, 0);
  return [
    stage.id,
    `${frames} × ${width}×${height}, ${fps} fps`,
    String(stage.steps.length),
    samplerText(stage.parameters.sampler),
    guidanceText(stage.parameters.guidance),
    String(evaluations),
    flops(stage.flops),
    memory === undefined ? '?' : bytes(memory.bytes),
    isReused ? 'kept' : needed === undefined ? '?' : seconds(needed),
  ];
}

function totalOf({ stages, seconds: total }: ShotEstimate): string {
  const toRun = stages.filter(({ isReused }) => !isReused);
  if (toRun.length === 0) return 'Everything is there: nothing would run.';
  const work = flops(toRun.reduce((sum, { stage }) => sum + stage.flops, 0));
  const count = `${toRun.length} of ${stages.length} stages would run: ${work}`;
  return total === undefined
    ? `${count}. No time known: nothing like it was run on this machine yet.`
    : `${count}, about ${seconds(total)}.`;
}

/** Stages that would be refused. What is there already needs no memory. */
function tooLarge({ stages }: ShotEstimate, memory: readonly MemoryNeed[]): readonly string[] {
  return stages.flatMap(({ stage, isReused }, i) => {
    const { bytes: needed, windows } = memory[i] ?? { bytes: 0, windows: 0 };
    return isReused || windows !== undefined
      ? []
      : [`Too little memory for ${stage.id}: it needs at least ${bytes(needed)}. Give more with --memory.`];
  });
}

function othersText(others: number): readonly string[] {
  if (others === 0) return [];
  return [`This is one of ${others + 1} clips: each takes as much, but for stages that are there already.`];
}

function isNumber(column: number): boolean {
  return column === 2 || column >= 5;
}

function samplerText(sampler: SamplerChoice): string {
  return sampler.kind === 'ancestral' ? `ancestral γ=${sampler.gamma}` : sampler.kind;
}

export function guidanceText(guidance: GuidanceCurve): string {
  switch (guidance.kind) {
    case 'constant':
      return String(guidance.weight);
    case 'oscillating':
      return `${guidance.high},${guidance.low}@${guidance.fromStep}${guidance.toStep === undefined ? '' : `-${guidance.toStep}`}`;
    case 'curve':
      return guidance.points.map(({ at, weight }) => `${at}:${weight}`).join(',');
  }
}
