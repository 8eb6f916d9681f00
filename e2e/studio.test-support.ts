/** The real studio behind the real host on the test pack, and a real browser in front of it. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { z } from 'zod';
import { openHost } from '#main/host/host';
import { Sluice } from '#main/sluice';
import { openStudio } from '#main/studio/studio';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'out');
export const screenshots = path.join(root, 'e2e/out');

/** Undefined where there is none: then nothing here can be run. `npm run setup -- --for test --browser` provides it. */
export const chromiumPath = [process.env['SLUICE_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file !== undefined && existsSync(file),
);

/** Nothing that reaches beyond this machine. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedStudio {
  readonly page: Page;
  /** What the page complained of. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function buildRenderer(): Promise<void> {
  await build({ configFile: path.join(root, 'vite.renderer.config.ts'), logLevel: 'error' });
}

export async function openInBrowser(): Promise<OpenedStudio> {
  await mkdir(screenshots, { recursive: true });
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-e2e-'));
  const sluice = new Sluice({
    home: path.join(folder, 'home'),
    builtInPacks: [path.join(root, 'models/test-pack')],
    ffmpeg: { chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' },
    inferenceEntry: path.join(out, 'inference.js'),
    environment: process.env,
    version: '0.0.0',
  });
  const studio = await openStudio({ sluice, door: 'browser', documentsFolder: folder, onNotice: () => undefined });
  const host = await openHost({
    port: 0,
    rendererFolder: path.join(out, 'renderer'),
    media: studio.media,
    onChannel: (transport) => studio.connect(transport),
  });
  const browser = await chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: quiet,
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Entering asks once before it is let in.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
  await page.goto(host.invite());
  await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    complaints,
    close: async () => {
      await browser.close();
      await host.close();
      await studio.close();
      await sluice.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) }),
);

/** What axe finds wrong with the page as it is, in words; empty if nothing. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found = violationsSchema.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
}
