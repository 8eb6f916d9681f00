/**
 * The real studio behind the real host, and a real browser in front of it. Tests and benchmarks share it; both run in the
 * repository's folder, on the test pack or on the one that SLUICE_TEST_PACK names.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { z } from 'zod';
import { openHost } from '#main/host/host';
import { Sluice } from '#main/sluice';
import { openStudio } from '#main/studio/studio';
import { buildRenderer } from './renderer.test-support';

const root = path.resolve('.');
const sampleFolder = path.join(root, 'resources/sample');
export const screenshots = path.join(root, 'e2e/out');

/** The pack that comes with the studio: the small untrained one, unless another is named. */
export const builtInPack = path.join(root, process.env['SLUICE_TEST_PACK'] ?? 'models/test-pack');

/** How many times longer to wait for networks than the untrained ones take. */
export const patience = process.env['SLUICE_TEST_PACK'] === undefined ? 1 : 10;

/** For whatever a window is to show. The machine may be busy with other things. */
const longestWaitMs = 90_000;

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
  readonly browser: Browser;
  /** Everything that it keeps is in here: `home`, projects, exports. */
  readonly folder: string;
  /** What the pages complained of. */
  readonly complaints: readonly string[];
  /** Another window of the same person, on the same studio. */
  openWindow(): Promise<Page>;
  close(): Promise<void>;
}

export interface StudioToOpen {
  /** Where it keeps everything; removed when it closes. Absent: a new one. */
  readonly folder?: string;
  /** Before main starts: projects to put there. */
  readonly fill?: (folder: string) => Promise<void>;
  /** As for a person who was never here: with the sample, and the tour. */
  readonly isFirstStart?: boolean;
  /** Runs in every page before its own scripts. */
  readonly initScript?: string;
}

export async function openInBrowser(wanted: StudioToOpen = {}): Promise<OpenedStudio> {
  await mkdir(screenshots, { recursive: true });
  const folder = wanted.folder ?? (await mkdtemp(path.join(tmpdir(), 'sluice-e2e-')));
  await wanted.fill?.(folder);
  if (wanted.isFirstStart !== true) await rememberTour(folder);
  const main = await startMain(folder, wanted.isFirstStart === true ? sampleFolder : undefined);
  const browser = await chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: quiet,
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(longestWaitMs);
  if (wanted.initScript !== undefined) await context.addInitScript(wanted.initScript);
  const complaints: string[] = [];
  const openWindow = async (): Promise<Page> => {
    const page = await context.newPage();
    listen(page, complaints);
    await page.goto(main.invite());
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };
  return {
    page: await openWindow(),
    browser,
    folder,
    complaints,
    openWindow,
    close: async () => {
      await browser.close();
      await main.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nothing lies over the studio that a test did not open. */
async function rememberTour(folder: string): Promise<void> {
  const home = path.join(folder, 'home');
  await mkdir(home, { recursive: true });
  const settings = JSON.stringify({ hasSeenTour: true });
  await writeFile(path.join(home, 'settings.json'), settings, { flag: 'wx' }).catch(() => undefined);
}

/** Main and its host as `sluice serve` has them, in this process. */
export async function startMain(folder: string, sampleFolder?: string) {
  const sluice = new Sluice({
    home: path.join(folder, 'home'),
    builtInPacks: [builtInPack],
    ffmpeg: { chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' },
    inferenceEntry: path.join(root, 'out/inference.js'),
    environment: process.env,
    version: '0.0.0',
  });
  const studio = await openStudio({
    ...{ sluice, door: 'browser', documentsFolder: folder },
    ...(sampleFolder !== undefined && { sampleFolder }),
    onNotice: () => undefined,
  });
  void studio.warmUp();
  const host = await openHost({
    port: 0,
    rendererFolder: await buildRenderer(),
    media: studio.media,
    onChannel: (transport) => studio.connect(transport),
  });
  return {
    invite: () => host.invite(),
    close: async () => {
      await host.close();
      await studio.close();
      await sluice.close();
    },
  };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Entering asks once before it is let in.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
}

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) }),
);

/** Stops every transition and animation at its end, also those that would begin meanwhile: what is half faded has less contrast. */
const standStill = `
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  const moveAgain = () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still); };`;

/** What axe finds wrong with the page as it is, in words; empty if nothing. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found = violationsSchema.parse(
    await page.evaluate(
      `(async () => { ${standStill} try { return (await axe.run()).violations; } finally { moveAgain(); } })()`,
    ),
  );
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
}
