/** No format promises bits that the pixels in it do not have. */
import { expect, test } from 'vitest';
import { exportPlanSchema } from '#shared/studio/exports';

import { languages, sayIn } from '../text/text';
import { planText } from './PlanText';
import { presetName } from './preset-names';

const plan = exportPlanSchema.parse({
  ...{ size: { width: 1280, height: 768 }, frameRate: { num: 24, den: 1 }, frames: 48 },
  ...{ emptyClips: 0, staleClips: 0, hasSound: false },
});

test.each(languages)('the plan of an export says how many bits its pixels have, in %s', (language) => {
  const say = sayIn(language);
  expect(planText(plan, say)).toContain(say('export.bits'));
  for (const id of ['mp4-av1', 'prores-hq'])
    expect(presetName({ id, title: '' }, say), id).toMatch(/8 bits, in a 10-bit file|10비트 파일에 8비트/);
});
