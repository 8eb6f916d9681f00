import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { parseGuidance, parseOscillation } from './guidance-text';
import { overridesOf, parseStageSetting } from './stage-setting';

const testPack = path.resolve(import.meta.dirname, '../../../models/test-pack/manifest.json');
const { stages } = packManifestSchema.parse(JSON.parse(readFileSync(testPack, 'utf8')));
/** Its base runs with ddim, its `ssr-48` here with an ancestral sampler that is not the usual one. */
const manifest = {
  stages: stages.map((stage) => {
    const { sampler } = stage.defaults;
    return sampler.kind === 'ancestral'
      ? { ...stage, defaults: { ...stage.defaults, sampler: { ...sampler, gamma: 0.7 } } }
      : stage;
  }),
};

it('reads guidance', () => {
  expect(parseGuidance('4')).toEqual({ kind: 'constant', weight: 4 });
  expect(parseGuidance('-0.5')).toEqual({ kind: 'constant', weight: -0.5 });
  expect(parseGuidance('15,1@3-13')).toEqual({
    kind: 'oscillating',
    high: 15,
    low: 1,
    fromStep: 3,
    toStep: 13,
    period: 2,
  });
  expect(parseOscillation('15,1.5@3/4')).toEqual({ kind: 'oscillating', high: 15, low: 1.5, fromStep: 3, period: 4 });
  expect(parseGuidance('0:8,0.5:4,1:1')).toEqual({
    kind: 'curve',
    points: [
      { at: 0, weight: 8 },
      { at: 0.5, weight: 4 },
      { at: 1, weight: 1 },
    ],
  });
});

it.each(['', 'much', '15,1', '15,1@', '15,1@5-3', '15,1@3-13/3', '0:8', '0:8,0:4', '0:8,2:1', '99', '1e1', '0:8,x:1'])(
  'refuses the guidance %j',
  (text) => {
    expect(() => parseGuidance(text)).toThrow(expect.objectContaining({ code: 'invalid-argument' }) as Error);
  },
);

it('gathers settings by stage, later ones winning', () => {
  const settings = [
    'base.steps=16',
    'ssr-48.guidance=2',
    'base.steps=8',
    'base.gamma=0.5',
    'base.sampler=ancestral',
    'base.thresholding=dynamic:0.99,1.5',
    'tsr-6.augmentation=-1.5',
    'tsr-6.seed=9',
    'ssr-48.sampler=ddim',
  ];
  expect(overridesOf(settings.map(parseStageSetting), manifest)).toEqual({
    base: {
      steps: 8,
      sampler: { kind: 'ancestral', gamma: 0.5 },
      thresholding: { kind: 'dynamic', percentile: 0.99, cap: 1.5 },
    },
    'ssr-48': { guidance: { kind: 'constant', weight: 2 }, sampler: { kind: 'ddim' } },
    'tsr-6': { augmentationLogSnr: -1.5, seed: 9 },
  });
});

it.each([
  ['base', /<stage>\.<name>=<value>/],
  ['base.steps', /<stage>\.<name>=<value>/],
  ['Base.steps=3', /id of a stage/],
  ['base.step=3', /Did you mean "steps"/],
  ['base.steps=2.5', /base\.steps: expected a whole number/],
  ['base.steps=0', /from 1 to 1000/],
  ['base.sampler=plms', /ddim, ancestral/],
  ['base.gamma=2', /from 0 to 1/],
  ['base.thresholding=dynamic:0.2', /dynamic:<quantile>/],
  ['base.augmentation=x', /number/],
  ['base.constructor=1', /no parameter "constructor"/],
])('refuses %j', (text, message) => {
  expect(() => parseStageSetting(text)).toThrow(message);
});

it.each([
  ['base.sampler=ancestral', { base: { sampler: { kind: 'ancestral', gamma: 0.3 } } }],
  ['ssr-48.sampler=ancestral', { 'ssr-48': { sampler: { kind: 'ancestral', gamma: 0.7 } } }],
  ['ssr-48.gamma=0', { 'ssr-48': { sampler: { kind: 'ancestral', gamma: 0 } } }],
  ['ssr-48.sampler=ddim', { 'ssr-48': { sampler: { kind: 'ddim' } } }],
  ['ssr-48.gamma=0.2 ssr-48.sampler=ancestral', { 'ssr-48': { sampler: { kind: 'ancestral', gamma: 0.2 } } }],
])('%s is meant beside what the pack does', (settings, expected) => {
  expect(overridesOf(settings.split(' ').map(parseStageSetting), manifest)).toEqual(expected);
});

it.each(['base.gamma=1', 'base.sampler=ddim base.gamma=1', 'ssr-48.gamma=1 ssr-48.sampler=heun'])(
  'refuses gamma for a sampler that has none: %s',
  (settings) => {
    expect(() => overridesOf(settings.split(' ').map(parseStageSetting), manifest)).toThrow(
      /^--stage [a-z0-9-]+: gamma belongs to the ancestral sampler, .*Add sampler=ancestral for it, or leave gamma out/,
    );
  },
);
