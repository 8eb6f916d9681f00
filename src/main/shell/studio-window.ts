/** One window of the studio: sandboxed, where it stood last time, loaded again when its page crashes. Shows what the scheme serves. */
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import { CrashCount } from './crash-count';
import { pageUrl } from './scheme';
import { fitted, leastSize, type WindowPlace } from './window-place';
import { WindowDesktop, type WindowDesktopOptions } from './window-desktop';

export interface StudioWindowOptions extends Pick<WindowDesktopOptions, 'opening' | 'onMenu'> {
  /** The built `src/preload/main.ts`, absolute. */
  readonly preload: string;
  /** For systems whose windows have one. */
  readonly icon: string;
  readonly place: WindowPlace;
  readonly isDevelopment: boolean;
  /** It was moved or sized, or is about to be gone. */
  readonly onPlace: (place: WindowPlace) => void;
  /** Its page crashes whenever it is loaded. */
  readonly onHopeless: (reason: string) => void;
}

/** `--ground` of `src/renderer/theme/tokens.css`, so that nothing flashes before the page is painted. */
export const grounds = { dark: '#161616', light: '#dedede' };

/** The switches that Electron's security checklist asks for, said aloud though most are its defaults. */
const locked = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
};

export class StudioWindow {
  readonly window: BrowserWindow;
  readonly desktop: WindowDesktop;

  constructor(private readonly options: StudioWindowOptions) {
    const { preload, icon, isDevelopment, opening, onMenu } = options;
    const place = fitted(
      options.place,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    const { x, y, width, height, isMaximized, isFullScreen } = place;
    this.window = new BrowserWindow({
      ...{ width, height, ...(x !== undefined && y !== undefined && { x, y }) },
      ...{ minWidth: leastSize.width, minHeight: leastSize.height, fullscreen: isFullScreen, show: false, icon },
      title: 'Sluice',
      backgroundColor: nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light,
      webPreferences: { ...locked, preload, devTools: isDevelopment },
    });
    this.desktop = new WindowDesktop({ window: this.window, opening, onMenu });
    if (isMaximized) this.window.maximize();
    this.window.once('ready-to-show', () => this.window.show());
    this.keepPlace();
    this.survive();
    void this.window.loadURL(pageUrl).catch(() => undefined);
  }

  get contents(): WebContents {
    return this.window.webContents;
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.focus();
  }

  private keepPlace(): void {
    const keep = (): void => {
      const { x, y, width, height } = this.window.getNormalBounds();
      const [isMaximized, isFullScreen] = [this.window.isMaximized(), this.window.isFullScreen()];
      this.options.onPlace({ x, y, width, height, isMaximized, isFullScreen });
    };
    this.window.on('resized', keep);
    this.window.on('moved', keep);
    this.window.on('close', keep);
  }

  /** Nothing is lost with a page: main has every edit, and what runs goes on. */
  private survive(): void {
    const crashes = new CrashCount();
    this.contents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      if (!crashes.mayReload(performance.now())) this.options.onHopeless(reason);
      // Electron is still taking the old page apart.
      else setImmediate(() => this.window.isDestroyed() || this.contents.reload());
    });
  }
}
