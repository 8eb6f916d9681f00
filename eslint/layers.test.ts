import { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import { layersRule } from './layers.ts';

RuleTester.describe = describe;
RuleTester.it = it;

new RuleTester().run('layers', layersRule, {
  valid: [
    { filename: '/r/src/engine/plan.ts', code: `import { SluiceError } from '#shared/errors';` },
    { filename: '/r/src/engine/samplers/ddim.ts', code: `import { alpha } from '../schedules';` },
    {
      filename: '/r/src/main/jobs/queue.ts',
      code: `import { planCascade } from '#engine/plan-cascade'; import fs from 'node:fs';`,
    },
    { filename: '/r/src/engine/random.test.ts', code: `import fs from 'node:fs';` },
  ],
  invalid: [
    { filename: '/r/src/engine/plan.ts', code: `import fs from 'node:fs';`, errors: [{ messageId: 'package' }] },
    {
      filename: '/r/src/shared/errors.ts',
      code: `import { x } from '#engine/plan';`,
      errors: [{ messageId: 'layer' }],
    },
    {
      filename: '/r/src/main/jobs/queue.ts',
      code: `export * from '#inference/session';`,
      errors: [{ messageId: 'layer' }],
    },
    {
      filename: '/r/src/engine/plan.ts',
      code: `import { x } from '../shared/errors';`,
      errors: [{ messageId: 'escape' }],
    },
    {
      filename: '/r/src/engine/plan.ts',
      code: `await import('onnxruntime-node');`,
      errors: [{ messageId: 'package' }],
    },
  ],
});
