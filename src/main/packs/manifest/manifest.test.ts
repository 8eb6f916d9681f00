import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import { type Draft, draftManifest, packContents } from '../pack.test-support';
import { largestManifestBytes, parseManifest } from './manifest';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const withChange = (change: (draft: Draft) => void) => encode(draftManifest(packContents(), change));

function problemOf(bytes: Uint8Array): SluiceError {
  try {
    parseManifest(bytes);
  } catch (error) {
    if (error instanceof SluiceError) return error;
    throw error;
  }
  throw new Error('The manifest was accepted.');
}

describe('a whole manifest', () => {
  test('is accepted, and defaults are filled in', () => {
    const { manifest } = parseManifest(encode(draftManifest()));
    expect(manifest.stages.map((stage) => stage.id)).toEqual(['base', 'ssr-16']);
    expect(manifest.stages[0]?.schedule).toEqual({ kind: 'cosine', logSnrMin: -20, logSnrMax: 20, shift: 1 });
  });

  test('is identified by its canonical JSON as written, whatever its layout', () => {
    const draft = draftManifest();
    const reversed = Object.fromEntries(Object.entries(draft).reverse());
    const { hash } = parseManifest(encode(draft));
    expect(parseManifest(new TextEncoder().encode(JSON.stringify(reversed, null, 4))).hash).toBe(hash);
    expect(parseManifest(withChange((other) => (other['title'] = 'Other'))).hash).not.toBe(hash);
    expect(
      parseManifest(
        withChange(
          (other) =>
            (other.stages[0]!['schedule'] = {
              kind: 'cosine',
              logSnrMin: -20,
              logSnrMax: 20,
              shift: 1,
            }),
        ),
      ).hash,
    ).not.toBe(hash);
  });

  test('has the SHA-256 of its sorted JSON as its hash', () => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([k, v]) => [k, sorted(v)]),
            )
          : value;
    const expected = createHash('sha256')
      .update(JSON.stringify(sorted(draftManifest())))
      .digest('hex');
    expect(parseManifest(encode(draftManifest())).hash).toBe(expected);
  });
});

describe('a manifest that is no manifest', () => {
  test.each([
    ['empty', new Uint8Array()],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['truncated', encode(draftManifest()).slice(0, 300)],
    ['a number', encode(7)],
    ['an array', encode([draftManifest()])],
    ['too large', new Uint8Array(largestManifestBytes + 1).fill(0x20)],
    ['nested a hundred thousand deep', new TextEncoder().encode('['.repeat(1e5) + ']'.repeat(1e5))],
    ['nested seventeen deep', new TextEncoder().encode(`{"a":${'['.repeat(17)}${']'.repeat(17)}}`)],
    ['with an unknown field', encode({ ...draftManifest(), extra: 1 })],
    [
      'with __proto__',
      new TextEncoder().encode(JSON.stringify(draftManifest()).replace('{', '{"__proto__":{"name":"x"},')),
    ],
  ])('%s: refused', (_name, bytes) => {
    expect(problemOf(bytes).code).toBe('pack-invalid');
  });

  test('names the field, the value and the remedy', () => {
    const error = problemOf(withChange((draft) => (draft.stages[1]!['kind'] = 'sideways')));
    expect(error.message).toContain('stages[1].kind is "sideways"');
    expect(error.message).toContain('docs/pack-format.md');
    expect(error.details).toEqual({ field: 'stages[1].kind' });
  });

  test('of a newer schema asks for an update', () => {
    expect(problemOf(withChange((draft) => (draft['schemaVersion'] = 2))).message).toContain('update Sluice');
  });

  test('is quoted without its control characters, and shortened', () => {
    const error = problemOf(withChange((draft) => (draft['name'] = `\u001b]0;x\u009b\u202e${'y'.repeat(5000)}`)));
    expect(error.message).toContain('\\u001b]0;x\\u009b\\u202e');
    expect(error.message.length).toBeLessThan(400);
    expect(error.message).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

/** Each change makes one field disagree with the others; the error must name that field. */
const contradictions: [string, string, (draft: Draft) => void][] = [
  ['no base first', 'stages[0].kind', (d) => (d.stages[0]!['kind'] = 'tsr')],
  ['a second base', 'stages[1].kind', (d) => (d.stages[1]!['kind'] = 'base')],
  ['the base has an input clip', 'stages[0].lowRes', (d) => (d.stages[0]!['lowRes'] = { resize: 'graph' })],
  ['an ssr stage without one', 'stages[1].lowRes', (d) => delete d.stages[1]!['lowRes']],
  [
    'an ssr stage that fills frames',
    'stages[1].lowRes.temporal',
    (d) => Object.assign(d.stages[1]!['lowRes'] as object, { temporal: 'repeat' }),
  ],
  ['two stages of one id', 'stages[1].id', (d) => (d.stages[1]!['id'] = 'base')],
  [
    'ssr changes frames',
    'stages[1].output',
    (d) => (d.stages[1]!['output'] = { frames: 8, height: 16, width: 32, fps: 3 }),
  ],
  [
    'ssr changes fps',
    'stages[1].output',
    (d) => (d.stages[1]!['output'] = { frames: 4, height: 16, width: 32, fps: 6 }),
  ],
  ['ssr by 1.5', 'stages[1].output', (d) => (d.stages[1]!['output'] = { frames: 4, height: 12, width: 24, fps: 3 })],
  [
    'ssr that stretches',
    'stages[1].output',
    (d) => (d.stages[1]!['output'] = { frames: 4, height: 16, width: 64, fps: 3 }),
  ],
  ['ssr by 1', 'stages[1].output', (d) => (d.stages[1]!['output'] = { frames: 4, height: 8, width: 16, fps: 3 })],
  [
    'no z_t',
    'stages[0].inputs',
    (d) => (d.stages[0]!['inputs'] = ['log_snr', 'text', 'text_mask', 'text_of_frame', 'given', 'given_mask']),
  ],
  [
    'half a text',
    'stages[0].inputs',
    (d) => (d.stages[0]!['inputs'] = ['z_t', 'log_snr', 'text', 'text_mask', 'given', 'given_mask']),
  ],
  [
    'given without mask',
    'stages[0].inputs',
    (d) => (d.stages[0]!['inputs'] = ['z_t', 'log_snr', 'text', 'text_mask', 'text_of_frame', 'given']),
  ],
  ['an input twice', 'stages[0].inputs', (d) => (d.stages[0]!['inputs'] as string[]).push('z_t')],
  [
    'a weight without distillation',
    'stages[0].inputs',
    (d) => (d.stages[0]!['inputs'] as string[]).push('guidance_weight'),
  ],
  ['distillation without a weight', 'stages[1].inputs', (d) => (d.stages[1]!['inputs'] as string[]).pop()],
  ['low_res_known outside tsr', 'stages[1].inputs', (d) => (d.stages[1]!['inputs'] as string[]).push('low_res_known')],
  [
    'augmentation without its input',
    'stages[1].inputs',
    (d) => (d.stages[1]!['inputs'] = ['z_t', 'log_snr', 'low_res', 'guidance_weight']),
  ],
  [
    'guidance without text',
    'stages[1].guidance.kind',
    (d) =>
      Object.assign(d.stages[1]!, {
        guidance: { kind: 'classifier-free' },
        inputs: ['z_t', 'log_snr', 'low_res', 'low_res_log_snr'],
      }),
  ],
  ['given frames denied', 'capabilities.givenFrames', (d) => (d.capabilities['givenFrames'] = false)],
  [
    'v on a flow schedule',
    'stages[0].schedule.kind',
    (d) => (d.stages[0]!['schedule'] = { kind: 'shifted-linear', shift: 3 }),
  ],
  [
    'v with a flow solver',
    'stages[0].defaults.sampler.kind',
    (d) => Object.assign(d.stages[0]!['defaults'] as object, { sampler: { kind: 'heun' } }),
  ],
  [
    'a weight out of range',
    'stages[1].defaults.guidance',
    (d) => Object.assign(d.stages[1]!['defaults'] as object, { guidance: { kind: 'constant', weight: 9 } }),
  ],
  [
    'guidance after the last step',
    'stages[0].defaults.guidance',
    (d) =>
      Object.assign(d.stages[0]!['defaults'] as object, {
        guidance: { kind: 'oscillating', high: 5, low: 1, fromStep: 2, toStep: 9 },
      }),
  ],
  [
    'two default augmentations',
    'stages[1].defaults.augmentationLogSnr',
    (d) => Object.assign(d.stages[1]!['defaults'] as object, { augmentationLogSnr: 3 }),
  ],
  [
    'augmentation of a base',
    'stages[0].defaults.augmentationLogSnr',
    (d) => Object.assign(d.stages[0]!['defaults'] as object, { augmentationLogSnr: 3 }),
  ],
  [
    'tiles that do not fit',
    'stages[1].window.multipleOf',
    (d) => Object.assign(d.stages[1]!['window'] as object, { multipleOf: 3 }),
  ],
  [
    'state cells across tiles',
    'stages[1].window.states[0].cellPixels',
    (d) => Object.assign(d.stages[1]!['window'] as object, { states: [{ frames: 2, channels: 4, cellPixels: 8 }] }),
  ],
  ['an unlisted graph', 'stages[0].graph', (d) => (d.stages[0]!['graph'] = 'other.onnx')],
  ['an unlisted golden file', 'golden', (d) => (d['golden'] = 'other.json')],
  ['a card that is a graph', 'card', (d) => (d['card'] = 'base.onnx')],
  ['an unused graph', 'files[1].path', (d) => (d.stages[1]!['graph'] = 'base.onnx')],
  ['a path twice', 'files[6].path', (d) => d.files.push({ ...d.files[5]! })],
  ['a path twice but for case', 'files[6].path', (d) => d.files.push({ ...d.files[5]!, path: 'CARD.md' })],
  ['a file that is a folder', 'files[6].path', (d) => d.files.push({ ...d.files[5]!, path: 'Card.md/x.md' })],
  ['the manifest itself', 'files[6].path', (d) => d.files.push({ ...d.files[5]!, path: 'Manifest.json' })],
  ['a device of Windows', 'files[6].path', (d) => d.files.push({ ...d.files[5]!, path: 'docs/con.md' })],
  ['a program', 'files[6].path', (d) => d.files.push({ ...d.files[5]!, path: 'run.py' })],
  ['chunks that are not there', 'files[0].chunkSha256', (d) => (d.files[0]!['sizeBytes'] = 5 * 1024 ** 2)],
  ['a chunk that is not the file', 'files[0].chunkSha256[0]', (d) => (d.files[0]!['chunkSha256'] = ['0'.repeat(64)])],
  [
    'a graph of 3 GiB',
    'stages[0].graph',
    (d) =>
      Object.assign(d.files[0]!, {
        sizeBytes: 3 * 1024 ** 3,
        chunkSha256: Array.from({ length: 768 }, () => '0'.repeat(64)),
      }),
  ],
  ['a title with an escape', 'title', (d) => (d['title'] = 'Tiny\u001b[2J')],
  ['a title that runs backwards', 'stages[0].title', (d) => (d.stages[0]!['title'] = 'Base\u202e')],
];

describe('a manifest that contradicts itself', () => {
  test.each(contradictions)('%s: %s is named', (_name, field, change) => {
    const error = problemOf(withChange(change));
    expect(error.code).toBe('pack-invalid');
    expect(error.details['field']).toBe(field);
  });

  test.each([
    '../x.md',
    '/etc/x.md',
    'C:\\x.md',
    'a\\..\\x.md',
    'a//x.md',
    './x.md',
    'a/./x.md',
    'a/../../x.md',
    '.x.md',
    'x\u0000.md',
    'x.md\n',
    'é.md',
    '',
  ])('a path %j cannot be listed', (path) => {
    const error = problemOf(withChange((draft) => (draft.files[5]!['path'] = path)));
    expect(error.details['field']).toBe('files[5].path');
  });

  test('a tsr stage multiplies frames and fps alike', () => {
    const tsr = (output: object) => (draft: Draft) =>
      Object.assign(draft.stages[1]!, {
        kind: 'tsr',
        output,
        lowRes: { resize: 'graph', temporal: 'repeat' },
        inputs: ['z_t', 'log_snr', 'low_res', 'low_res_known', 'guidance_weight'],
      });
    expect(parseManifest(withChange(tsr({ frames: 8, height: 8, width: 16, fps: 6 }))).manifest.stages[1]?.kind).toBe(
      'tsr',
    );
    for (const output of [
      { frames: 8, height: 8, width: 16, fps: 3 },
      { frames: 4, height: 8, width: 16, fps: 6 },
      { frames: 6, height: 8, width: 16, fps: 4.5 },
      { frames: 8, height: 16, width: 32, fps: 6 },
    ])
      expect(problemOf(withChange(tsr(output))).details['field']).toBe('stages[1].output');
  });

  test('a flow stage runs on its own family', () => {
    const flow = (schedule: object, defaults: object) => (draft: Draft) => {
      Object.assign(draft.stages[0]!, { parameterisation: 'flow', schedule });
      Object.assign(draft.stages[0]!['defaults'] as object, { sampler: { kind: 'euler' }, ...defaults });
    };
    const sigmas = { kind: 'sigmas', sigmas: [0.9, 0.7, 0.4, 0] };
    expect(parseManifest(withChange(flow(sigmas, { steps: 3 }))).manifest.stages[0]?.parameterisation).toBe('flow');
    expect(problemOf(withChange(flow(sigmas, { steps: 4 }))).details['field']).toBe('stages[0].defaults.steps');
    expect(problemOf(withChange(flow({ kind: 'sigmas', sigmas: [0.9, 0.9, 0] }, { steps: 2 }))).details['field']).toBe(
      'stages[0].schedule.sigmas[1]',
    );
    expect(problemOf(withChange(flow({ kind: 'cosine', logSnrMin: -9, logSnrMax: 9 }, {}))).details['field']).toBe(
      'stages[0].schedule.kind',
    );
  });
});
