import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packManifestSchema, stageIdSchema, type PackManifest, type StageSpec } from '#shared/pack-manifest';
import { plainShot, shotSchema, type Shot } from '#shared/shot';
import { logSnrSchema, sha256Schema } from '#shared/units';
import { planCascade } from './plan-cascade';
import { planMemory } from './plan-memory';

const manifestPath = new URL('../../models/test-pack/manifest.json', import.meta.url);
const manifest = packManifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')));
const stageIds = manifest.stages.map((stage) => stage.id);
const final = manifest.stages.at(-1)!.output;
const sha256 = sha256Schema.parse('0'.repeat(64));
const picture = { sha256, frames: 1, height: 100, width: 100 };

function shot(changes: Record<string, unknown> = {}): Shot {
  return shotSchema.parse({ ...plainShot('a red balloon', 7), ...changes });
}

/** The pack with one stage changed. */
function withStage(id: string, change: (stage: StageSpec) => StageSpec): PackManifest {
  return { ...manifest, stages: manifest.stages.map((stage) => (stage.id === id ? change(stage) : stage)) };
}

function failure(plan: () => unknown): unknown {
  try {
    plan();
  } catch (error) {
    return error;
  }
  throw new Error('expected the plan to fail');
}

test('a plain prompt runs every stage of the ladder, each on the one before', () => {
  const plan = planCascade(manifest, shot());
  expect(plan.stages.map((stage) => stage.id)).toEqual(stageIds);
  plan.stages.forEach((stage, i) => {
    expect(stage.input).toEqual(manifest.stages[i - 1]?.output);
    expect(stage.steps).toHaveLength(stage.parameters.steps);
    expect(stage.partOfFrame).toEqual(new Array(stage.output.frames).fill(0));
    expect(stage.steps[0]!.logSnrFrom).toBeLessThan(-10);
    expect(stage.steps.at(-1)!.logSnrTo).toBe(Infinity);
    expect(stage.seed).toBe(7);
  });
});

test('the cost is evaluations × frames × the cost of a frame; w = 0 halves it', () => {
  const base = manifest.stages.find((stage) => stage.guidance.kind === 'classifier-free')!;
  const flops = (weight: number) =>
    planCascade(
      manifest,
      shot({ stages: { [base.id]: { steps: 6, guidance: { kind: 'constant', weight } } } }),
    ).stages.find((stage) => stage.id === base.id)!.flops;
  expect(flops(3)).toBe(6 * 2 * base.output.frames * base.cost.flopsPerFrame);
  expect(flops(0)).toBe(flops(3) / 2);
});

test('overrides replace defaults one by one, also the seed', () => {
  const plan = planCascade(manifest, shot({ stages: { base: { steps: 3, seed: 99 } } }));
  const { defaults } = manifest.stages[0]!;
  expect(plan.stages[0]!.parameters).toEqual({ ...defaults, steps: 3 });
  expect(plan.stages.map((stage) => stage.seed)).toEqual([99, ...stageIds.slice(1).map(() => 7)]);
});

test('a run may begin after any stage and end at any later one', () => {
  const [, second, third, fourth] = manifest.stages;
  const source = { sha256, ...second!.output };
  const startFrom = {
    stage: second!.id,
    source: { sha256, frames: source.frames, height: source.height, width: source.width },
  };
  const plan = planCascade(manifest, shot({ startFrom, stopAt: fourth!.id }));
  expect(plan.stages.map((stage) => stage.id)).toEqual([third!.id, fourth!.id]);
});

test('frames follow the part that has begun when they are shown, on every stage alike', () => {
  const length = final.frames / final.fps;
  const prompts = [
    { fromSec: 0, prompt: 'noon' },
    { fromSec: length / 2, prompt: 'dusk' },
  ];
  for (const stage of planCascade(manifest, shot({ prompts })).stages) {
    const half = Math.ceil(stage.output.frames / 2);
    expect(stage.partOfFrame).toEqual(Array.from({ length: stage.output.frames }, (_, f) => (f < half ? 0 : 1)));
  }
});

test('given frames land on the grid of each stage; a single picture on the nearest frame', () => {
  const clip = { ...picture, frames: final.frames / 2 };
  const given = [
    { source: clip, atFrame: 0 },
    { source: picture, atFrame: -1 },
  ];
  for (const stage of planCascade(manifest, shot({ given })).stages) {
    if (!stage.spec.inputs.includes('given')) {
      expect(stage.given).toEqual([]);
      continue;
    }
    const ratio = final.frames / stage.output.frames;
    const firstHalf = Array.from({ length: stage.output.frames / 2 }, (_, f) => ({
      given: 0,
      frame: f,
      sourceFrame: f * ratio,
    }));
    expect(stage.given).toEqual([...firstHalf, { given: 1, frame: stage.output.frames - 1, sourceFrame: 0 }]);
  }
});

const base = manifest.stages[0]!.id;
const enlarging = manifest.stages.find((stage) => stage.lowRes?.augmentation)!;
const impossible: [string, Record<string, unknown>, RegExp][] = [
  ['an unknown stage', { stages: { upscale: {} } }, /overrides parameters of stage "upscale".*It has base, /],
  ['an unknown last stage', { stopAt: 'upscale' }, /stops at stage "upscale"/],
  [
    'an end before the start',
    { startFrom: { stage: stageIds[1], source: { sha256, ...sizeOf(manifest.stages[1]!) } }, stopAt: base },
    /nothing is left to run/,
  ],
  [
    'a start from a clip of another size',
    { startFrom: { stage: base, source: picture } },
    /is 1 frames of 100×100, but stage "base" gives .* Import it at that size and length/,
  ],
  ['a flow sampler without a flow', { stages: { base: { sampler: { kind: 'heun' } } } }, /Use ddim, ancestral or/],
  [
    'augmentation out of range',
    { stages: { [enlarging.id]: { augmentationLogSnr: 29 } } },
    /augmentation log-SNR 29\. It was trained for -?\d+ to \d+/,
  ],
  ['augmentation of nothing', { stages: { base: { augmentationLogSnr: 3 } } }, /adds no noise to its input/],
  ['a given frame after the end', { given: [{ source: picture, atFrame: 9999 }] }, /do not lie within the clip's/],
  ['a given frame before the beginning', { given: [{ source: picture, atFrame: -9999 }] }, /to count from the end/],
  [
    'a part that begins after the end',
    { prompts: [...shot().prompts, { fromSec: 1000, prompt: 'never' }] },
    /begins at 1000 s, but the clip ends at/,
  ],
];

test.each(impossible)('%s is refused with its remedy', (_, changes, message) => {
  expect(failure(() => planCascade(manifest, shot(changes)))).toMatchObject({
    code: 'invalid-shot',
    message: expect.stringMatching(message) as string,
  });
});

test('what a pack cannot do is refused', () => {
  const plain = { ...manifest, capabilities: { givenFrames: false, promptParts: false } };
  const prompts = [...shot().prompts, { fromSec: 0.1, prompt: 'dusk' }];
  expect(() => planCascade(plain, shot({ prompts }))).toThrow(/follows one prompt per clip/);
  expect(() => planCascade(plain, shot({ given: [{ source: picture, atFrame: 0 }] }))).toThrow(/cannot continue given/);
});

test('a distilled stage takes the weights it was distilled for, and a second evaluation for a negative prompt', () => {
  const distilled = withStage('base', (stage) => ({
    ...stage,
    guidance: { kind: 'distilled', weightMin: 0, weightMax: 8 },
  }));
  const weight = (w: number) => shot({ stages: { base: { guidance: { kind: 'constant', weight: w } } } });
  expect(() => planCascade(distilled, weight(8))).not.toThrow();
  expect(() => planCascade(distilled, weight(9))).toThrow(/cannot take guidance weight 9 .* from 0 to 8: stay within/);
  const all = { ...manifest, stages: manifest.stages.map((s) => ({ ...s, guidance: { kind: 'none' as const } })) };
  expect(() => planCascade(all, shot({ negativePrompt: 'rain' }))).toThrow(/none heeds a negative prompt/);
  const evaluations = (negativePrompt: string): number | undefined =>
    planCascade(distilled, { ...weight(8), negativePrompt }).stages[0]?.steps[0]?.evaluations;
  expect([evaluations(''), evaluations('rain')]).toEqual([1, 2]);
});

test('stages that do not fit together are the pack’s fault', () => {
  const threeQuarters = withStage(stageIds[1]!, (stage) => ({ ...stage, output: { ...stage.output, frames: 5 } }));
  const lost = withStage(stageIds[2]!, (stage) => ({ ...stage, lowRes: undefined }));
  const mixed = withStage('base', (stage) => ({ ...stage, parameterisation: 'flow' }));
  for (const pack of [threeQuarters, lost, mixed])
    expect(failure(() => planCascade(pack, shot()))).toMatchObject({ code: 'pack-invalid' });
});

test('a stage that refines a noised input is refused, not started from the wrong noise', () => {
  const refiner = withStage(stageIds[1]!, (stage) => ({
    ...stage,
    parameterisation: 'flow',
    schedule: { kind: 'sigmas', sigmas: [0.909, 0.725, 0] },
    defaults: { ...stage.defaults, steps: 2 },
  }));
  expect(failure(() => planCascade(refiner, shot()))).toMatchObject({ code: 'pack-unsupported' });
});

test('augmentation is the default of the stage, then of its range', () => {
  const level = logSnrSchema.parse(enlarging.lowRes!.augmentation!.default);
  const pack = withStage(enlarging.id, (stage) => ({
    ...stage,
    defaults: { ...stage.defaults, augmentationLogSnr: undefined },
  }));
  const planned = planCascade(pack, shot()).stages.find((stage) => stage.id === stageIdSchema.parse(enlarging.id))!;
  expect(planned.parameters.augmentationLogSnr).toBe(level);
});

test('the memory of a planned stage is what its run would ask for', () => {
  for (const stage of planCascade(manifest, shot({ given: [{ source: picture, atFrame: 0 }] })).stages) {
    const roomy = planMemory(stage, 5000, 2 ** 40);
    expect(planMemory(stage, 5000, roomy.bytes)).toEqual(roomy);
    expect(planMemory(stage, 6000, 2 ** 40).bytes).toBe(roomy.bytes + 2000);
    expect(() => planMemory(stage, 5000, 1000)).toThrow(/Raise the memory setting/);
  }
});

function sizeOf({ output: { frames, height, width } }: StageSpec) {
  return { frames, height, width };
}
