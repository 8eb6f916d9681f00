// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { Tooltip } from 'radix-ui';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { resolveParameters } from '#engine/plan-parameters';
import { thresholdingSchema, type Thresholding } from '#shared/guidance';
import { packManifestSchema } from '#shared/pack-manifest';
import { withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { StudioContext } from '../studio/use-studio';
import { ThresholdFields } from './ThresholdFields';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));

afterEach(cleanup);

async function open(beginning: Thresholding) {
  const studio = await openTestStudio(new FakeMain(withClips('a'), manifest));
  const onChange = vi.fn<(thresholding: Thresholding) => void>();
  const ofPack = resolveParameters(manifest.stages[0]!, {});
  function Fields() {
    const [thresholding, setThresholding] = useState(beginning);
    const set = (field: { readonly thresholding?: Thresholding | undefined }): void => {
      if (field.thresholding === undefined) return;
      onChange(thresholdingSchema.parse(field.thresholding));
      setThresholding(field.thresholding);
    };
    const mark = () => ({ changed: undefined });
    return <ThresholdFields form={{ parameters: { ...ofPack, thresholding }, isDisabled: false, set, mark }} />;
  }
  render(
    <StudioContext value={studio}>
      <Tooltip.Provider>
        <Fields />
      </Tooltip.Provider>
    </StudioContext>,
  );
  return { user: userEvent.setup(), onChange };
}
const cap = () => screen.getByRole('spinbutton', { name: 'Cap' });

test('dynamic thresholding gets a cap by typing, and has none again when the field is emptied', async () => {
  const { user, onChange } = await open({ kind: 'dynamic', percentile: 0.95 });
  expect(cap().getAttribute('aria-valuetext')).toBe('None');
  expect(cap().getAttribute('aria-invalid')).toBe('false');
  await user.type(cap(), '1,5{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({ kind: 'dynamic', percentile: 0.95, cap: 1.5 });
  await user.clear(cap());
  await user.tab();
  expect(onChange).toHaveBeenLastCalledWith({ kind: 'dynamic', percentile: 0.95 });
});

test('an empty cap that is left, or Escape, changes nothing; an arrow key begins with the least', async () => {
  const { user, onChange } = await open({ kind: 'dynamic', percentile: 0.9 });
  await user.click(cap());
  await user.tab();
  await user.type(cap(), '3{Escape}');
  expect(onChange).not.toHaveBeenCalled();
  await user.keyboard('{ArrowUp}{ArrowUp}');
  expect(onChange.mock.calls).toEqual([
    [{ kind: 'dynamic', percentile: 0.9, cap: 1 }],
    [{ kind: 'dynamic', percentile: 0.9, cap: 1.1 }],
  ]);
});

test('only dynamic thresholding has one', async () => {
  await open({ kind: 'static' });
  expect(screen.queryByRole('spinbutton', { name: 'Cap' })).toBeNull();
});
