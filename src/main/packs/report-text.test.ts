import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inspectPack } from './inspect-pack';
import { writePack } from './pack.test-support';
import { isSound, reportLines } from './report-text';

test('a sound pack is reported line by line', async () => {
  const report = await inspectPack(await writePack());
  expect(isSound(report)).toBe(true);
  const [title, ...checks] = reportLines(report);
  expect(title).toBe(`tiny 1.0.0 (${report.hash ?? ''}) in ${report.directory}`);
  expect(checks[0]).toBe('  ✓ manifest        tiny 1.0.0, 2 stages');
  expect(checks).toContain('  ✓ ssr.onnx        2 nodes, 0.0 MB of weights');
  expect(checks.at(-1)).toBe('The pack is valid.');
});

test('a damaged pack is reported with everything that is wrong', async () => {
  const directory = await writePack();
  await writeFile(path.join(directory, 'card.md'), '# A care');
  await writeFile(path.join(directory, 'x.txt'), '');
  const report = await inspectPack(directory);
  expect(isSound(report)).toBe(false);
  const lines = reportLines(report);
  expect(lines.filter((line) => line.startsWith('  ✗'))).toHaveLength(2);
  expect(lines.at(-1)).toBe('The pack cannot be used: 2 of 8 checks failed.');
});

test('a pack without a manifest is reported, too', async () => {
  const directory = await writePack();
  await writeFile(path.join(directory, 'manifest.json'), '{}');
  expect(reportLines(await inspectPack(directory))[0]).toBe(`A pack without a usable manifest in ${directory}`);
});
