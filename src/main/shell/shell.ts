/**
 * The studio as a program of its own: Electron's windows in front of the same main as the command line and the host. One instance for a
 * home; another start hands its projects over to it. Wires the parts; what each does, and why, is said there.
 */
import { mkdirSync } from 'node:fs';
import { app, Menu as MenuBar, protocol, session } from 'electron';
import { z } from 'zod';
import type { Menu } from '#shared/studio/desktop';
import { Sluice, type SluiceOptions } from '../sluice';
import { openStudio, type Studio } from '../studio/studio';
import { answerRequest } from './answer-request';
import { openChannelDoor } from './channel-door';
import { followTheme } from './follow-theme';
import { lockDownContents, lockDownSession } from './lock-down';
import { menuTemplate } from './menu-template';
import { projectFolder } from './project-arguments';
import { Quitting } from './quitting';
import { studioScheme } from './scheme';
import { stayAwake } from './stay-awake';
import { utilityInference } from './utility-inference';
import { Windows, type WindowsOptions } from './windows';

export interface ShellOptions extends Pick<WindowsOptions, 'preload' | 'icon' | 'isDevelopment' | 'placeFile'> {
  readonly sluice: Omit<SluiceOptions, 'spawnInference'>;
  /** What Electron keeps of windows, such as their IndexedDB. */
  readonly profileFolder: string;
  readonly documentsFolder: string;
  readonly rendererFolder: string;
  /** The films of the sample project. */
  readonly sampleFolder: string;
  /** Where the inference process runs: a real folder. */
  readonly workFolder: string;
  /** Of projects to open. */
  readonly folders: readonly string[];
  readonly onNotice: (message: string) => void;
}

const handedOverSchema = z.object({ folders: z.array(z.string().max(4096)).max(100) });

/** To be called before Electron is ready. Returns when the first window is open, or when another instance has taken over. */
export async function runShell(options: ShellOptions): Promise<void> {
  app.enableSandbox();
  mkdirSync(options.profileFolder, { recursive: true });
  app.setPath('userData', options.profileFolder);
  protocol.registerSchemesAsPrivileged([studioScheme]);
  if (!app.requestSingleInstanceLock({ folders: options.folders })) {
    app.quit();
    return;
  }
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
  const opened = openedFiles();
  await app.whenReady();
  await open(options, opened);
}

/** Projects that the system asks to open, from the first moment on: on a Mac that may be before anything is ready. */
function openedFiles(): { onOpen: (listener: (folder: string) => void) => void } {
  const early: string[] = [];
  let open = (folder: string): void => void early.push(folder);
  app.on('open-file', (event, file) => {
    event.preventDefault();
    const folder = projectFolder(file);
    if (folder !== undefined) open(folder);
  });
  return {
    onOpen: (listener) => {
      open = listener;
      for (const folder of early) listener(folder);
    },
  };
}

async function open(options: ShellOptions, opened: ReturnType<typeof openedFiles>): Promise<void> {
  const { inferenceEntry, environment } = options.sluice;
  const spawnInference = utilityInference({ entryPath: inferenceEntry, cwd: options.workFolder, environment });
  const sluice = new Sluice({ ...options.sluice, spawnInference });
  const { documentsFolder, rendererFolder, sampleFolder, onNotice } = options;
  const studio = await openStudio({ sluice, door: 'electron', documentsFolder, sampleFolder, onNotice });
  void studio.warmUp();
  lockDownSession(session.defaultSession);
  const source = { rendererFolder, media: studio.media };
  protocol.handle(studioScheme.scheme, (request) => answerRequest(request, source));
  followTheme(studio.parts.settings);
  stayAwake(studio);
  const bar = new Bar(options.isDevelopment);
  const windows = await Windows.load({ ...options, onMenu: (menu) => bar.show(menu, windows) });
  receive(studio, windows);
  const quitting = new Quitting({ studio, sluice, windows, words: () => bar.words });
  stayOrEnd(windows, quitting);
  app.on('second-instance', (_event, _args, _directory, handedOver) => {
    const { data } = handedOverSchema.safeParse(handedOver);
    for (const folder of data?.folders ?? []) windows.show(folder);
    if (data === undefined || data.folders.length === 0) windows.show();
  });
  opened.onOpen((folder) => windows.show(folder));
  for (const folder of options.folders) windows.show(folder);
  if (windows.count === 0) windows.add();
}

function receive(studio: Studio, windows: Windows): void {
  openChannelDoor(
    (contents) => windows.of(contents) !== undefined,
    (transport, contents) => {
      const window = windows.of(contents);
      if (window !== undefined) studio.connect(transport, window.desktop);
    },
  );
}

/** Systems other than the Mac end a program with its last window, after asking; there it stays, without one. */
function stayOrEnd(windows: Windows, quitting: Quitting): void {
  const isMac = process.platform === 'darwin';
  app.on('browser-window-created', (_event, window) => {
    window.on('close', (event) => {
      if (isMac || quitting.isEnding || windows.count > 1) return;
      event.preventDefault();
      app.quit();
    });
  });
  app.on('window-all-closed', () => {
    if (!isMac) app.quit();
  });
  app.on('activate', () => {
    if (windows.count === 0) windows.add();
  });
}

/** The menu bar, as the window that spoke last wants it: all speak one language. */
class Bar {
  words: Menu['quitting'] | undefined;

  constructor(private readonly isDevelopment: boolean) {
    // Nothing but what the system has, until a window has said in which language.
    MenuBar.setApplicationMenu(process.platform === 'darwin' ? MenuBar.buildFromTemplate([{ role: 'appMenu' }]) : null);
  }

  show(menu: Menu, windows: Windows): void {
    this.words = menu.quitting;
    const { isDevelopment } = this;
    const template = menuTemplate(
      menu,
      { platform: process.platform, isDevelopment },
      {
        newWindow: () => void windows.add(),
        choose: ({ command, editing }, chosen) => {
          const window = windows.inFront(chosen);
          // In a text the first does it, anywhere else the second: each passes over what is the other's.
          if (editing !== undefined) window?.contents[editing]();
          window?.desktop.choose(command);
        },
      },
    );
    MenuBar.setApplicationMenu(MenuBar.buildFromTemplate(template));
  }
}
