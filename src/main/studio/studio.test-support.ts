/** The real studio behind a real host, on the test pack. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ask, enterAt, type Answer } from '../host/host.test-support';
import { openHost, type Host } from '../host/host';
import { testPackDirectory } from '../jobs/jobs.test-support';
import { Sluice } from '../sluice';
import { openStudio, type Studio } from './studio';
import { dialWindow, type Window } from './window.test-support';

const out = path.resolve(import.meta.dirname, '../../../out');
const shippedSample = path.resolve(import.meta.dirname, '../../../resources/sample');

export interface TestStudio {
  readonly studio: Studio;
  readonly host: Host;
  readonly folder: string;
  readonly notices: readonly string[];
  readonly open: () => Promise<Window>;
  readonly get: (target: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export async function temporaryHome(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-studio-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface StartOptions {
  readonly sampleFolder?: string | undefined;
  /** Folders of those that come with the program. */
  readonly packs?: readonly string[] | undefined;
}

/** As a process does when it starts. */
export async function startStudio(
  folder: string,
  { sampleFolder = shippedSample, packs = [testPackDirectory] }: StartOptions = {},
): Promise<TestStudio> {
  const sluice = new Sluice({
    home: path.join(folder, 'home'),
    builtInPacks: packs,
    ffmpeg: { chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' },
    inferenceEntry: path.join(out, 'inference.js'),
    environment: process.env,
    version: '1.2.3',
  });
  const notices: string[] = [];
  const onNotice = (message: string): void => void notices.push(message);
  const studio = await openStudio({ sluice, door: 'browser', documentsFolder: folder, sampleFolder, onNotice });
  const host = await openHost({
    port: 0,
    rendererFolder: out,
    media: studio.media,
    onChannel: (transport) => studio.connect(transport),
  });
  const Cookie = await enterAt(host);
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await host.close();
    await studio.close();
    await sluice.close();
  };
  onTestFinished(close);
  return {
    ...{ studio, host, folder, notices, close },
    open: () => dialWindow(`http://127.0.0.1:${host.port}`, Cookie),
    get: (target, headers = {}) => ask(host.port, { target, headers: { Cookie, ...headers } }),
  };
}
