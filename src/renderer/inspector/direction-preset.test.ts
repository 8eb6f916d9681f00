import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resolveParameters } from '#engine/plan-parameters';
import { packManifestSchema, stageIdSchema, type StageSpec } from '#shared/pack-manifest';
import { directShots } from '#shared/project/edits/shots';
import { directionSchema } from '#shared/project/project-shot';
import { boat, withClips } from '#shared/project/project.test-fixtures';
import { directionPresetSchema } from '#shared/studio/settings';
import { directedBy, directionOf, fittingDirection, isSameDirection } from './direction-preset';

const { stages: specs } = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const [base, tsr, ssr] = specs.map(({ id }) => id) as [StageSpec['id'], StageSpec['id'], StageSpec['id']];
const guidance = { kind: 'constant', weight: 9 } as const;
const shot = {
  ...boat,
  direction: directionSchema.parse({
    ...boat.direction,
    prompts: [{ fromSec: 0, prompt: 'a boat' }],
    stages: { [base]: { steps: 4, guidance, seed: 8 }, [tsr]: { seed: 3 }, [ssr]: { augmentationLogSnr: 1.5 } },
    stopAt: ssr,
  }),
};

test('keeps what a shot says of its stages, without prompts and seeds', () => {
  const direction = directionOf(shot);
  expect(direction).toEqual({
    stages: { [base]: { steps: 4, guidance }, [ssr]: { augmentationLogSnr: 1.5 } },
    stopAt: ssr,
  });
  expect(directionPresetSchema.parse({ name: 'Mine', ...direction })).toMatchObject(direction);
});

test('directs another shot of the pack just so; prompts, given frames and the seeds of stages stay its own', () => {
  const project = withClips('a');
  const own = {
    ...boat,
    direction: { ...boat.direction, stages: { [base]: { seed: 99, steps: 60 }, [tsr]: { steps: 2 } } },
  };
  const { direction, leftOut } = fittingDirection(directionOf(shot), specs);
  expect(leftOut).toEqual([]);
  const made = directShots(project, { shots: [directedBy(own, direction)] });
  const after = made.project.shots.get(boat.id)!;
  expect(made.label).toBe('direct-shots');
  expect(after.direction).toEqual({
    ...boat.direction,
    stages: { [base]: { steps: 4, guidance, seed: 99 }, [ssr]: { augmentationLogSnr: 1.5 } },
    stopAt: ssr,
  });
  expect(isSameDirection(directionOf(after), directionOf(shot))).toBe(true);
  const back = directShots(made.project, { shots: [directedBy(after, { stages: {} })] });
  expect(back.project.shots.get(boat.id)!.direction).toEqual({ ...boat.direction, stages: { [base]: { seed: 99 } } });
});

test('of a preset for another pack what fits is taken, and the rest is named', () => {
  const other = stageIdSchema.parse('ssr-9000');
  const plain = specs[0]!;
  const distilled: StageSpec = { ...plain, guidance: { kind: 'distilled', weightMin: 0, weightMax: 4 } };
  const unguided: StageSpec = { ...specs[1]!, guidance: { kind: 'none' } };
  const preset = directionPresetSchema.parse({
    name: 'Elsewhere',
    stages: {
      [base]: { steps: 4, guidance, sampler: { kind: 'heun' }, augmentationLogSnr: 1 },
      [tsr]: { guidance },
      [ssr]: { augmentationLogSnr: -29 },
      [other]: { steps: 3 },
    },
    stopAt: other,
  });
  const fitted = fittingDirection(preset, [distilled, unguided, ...specs.slice(2)]);
  expect(fitted.direction).toEqual({ stages: { [base]: { steps: 4, guidance: { kind: 'constant', weight: 4 } } } });
  expect(fitted.leftOut).toEqual([
    { stage: base, field: 'sampler' },
    { stage: base, field: 'augmentationLogSnr' },
    { stage: tsr, field: 'guidance' },
    { stage: ssr, field: 'augmentationLogSnr' },
    { stage: other },
  ]);
  for (const spec of specs) expect(() => resolveParameters(spec, fitted.direction.stages[spec.id] ?? {})).not.toThrow();
});
