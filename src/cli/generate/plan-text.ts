/** `--plan`: what would run, stage by stage, and what it would take. Pure. */
import type { EstimatedStage, ShotEstimate } from '#main/shot-estimate';
import type { GuidanceCurve, SamplerChoice } from '#shared/guidance';
import { padEnd, padStart, type Paint } from '../display/text';
import { flops, seconds } from '../display/units';

export function planText(estimate: ShotEstimate, paint: Paint): string {
  const rows = estimate.stages.map(rowOf);
  const header = ['stage', 'clip', 'steps', 'sampler', 'guidance w', 'evaluations', 'work', 'time'];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => (isNumber(i) ? padStart(cell, widths[i] ?? 0) : padEnd(cell, widths[i] ?? 0))).join('  ')}`.trimEnd();
  return `${[paint('dim', line(header)), ...rows.map(line), '', `  ${totalOf(estimate)}`].join('\n')}\n`;
}

/** The plan as data, for `--json`. */
export function planJson({ stages, seconds: total }: ShotEstimate): object {
  return {
    event: 'plan',
    seconds: total,
    stages: stages.map(({ stage, key, isReused, seconds: needed }) => ({
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
      reused: isReused,
      seconds: needed,
    })),
  };
}

function rowOf({ stage, isReused, seconds: needed }: EstimatedStage): readonly string[] {
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
