// @vitest-environment jsdom
/** What a pack makes is seen first, and the rest is read below. */
import 'fake-indexeddb/auto';
import { cleanup, render, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { hashOf, withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { StudioContext } from '../studio/use-studio';
import { PackDetails } from './PackDetails';

// A studio goes on listening when its test is over.
afterEach(cleanup);

test.each([
  ['starter', true],
  ['test-pack', false],
])('the sheet of the first stage of %s stands above the facts, where there is one: %s', async (pack, hasSheet) => {
  const manifest = packManifestSchema.parse(JSON.parse(readFileSync(`models/${pack}/manifest.json`, 'utf8')));
  const main = new FakeMain(withClips('a'), manifest);
  const studio = await openTestStudio(main);
  const entry = { state: 'valid', origin: 'built-in', hash: hashOf('a'), directory: '/packs/test' } as const;
  render(
    <StudioContext value={studio}>
      <PackDetails pack={{ ...entry, manifest, sizeBytes: 1, isPreferred: true }} />
    </StudioContext>,
  );
  // The main in memory gives no pictures, so that the words for it stand there.
  const sheet = screen.queryByText(/^Clips of its stage/);
  const asked = () => main.requests.filter(({ name }) => name === 'packPicture').map(({ payload }) => payload);
  expect(sheet === null).toBe(!hasSheet);
  await expect.poll(asked).toEqual(hasSheet ? [{ hash: hashOf('a'), path: 'sheet-base.png' }] : []);
  const facts = screen.getByText('Licence');
  if (sheet !== null) expect(sheet.compareDocumentPosition(facts)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
