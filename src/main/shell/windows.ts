/** The windows that are open: makes them, finds them, remembers where the last one stood. */
import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { Menu } from '#shared/studio/desktop';
import { StudioWindow, type StudioWindowOptions } from './studio-window';
import { readPlace, writePlace, type WindowPlace } from './window-place';

export interface WindowsOptions extends Pick<StudioWindowOptions, 'preload' | 'icon' | 'isDevelopment'> {
  /** Where the place of the last window is kept. */
  readonly placeFile: string;
  readonly onMenu: (menu: Menu) => void;
  readonly onNotice: (message: string) => void;
}

/** A second window lies a little lower, so that both can be seen. */
const stepDown = 32;

export class Windows {
  private readonly open = new Set<StudioWindow>();
  private written: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: WindowsOptions,
    private place: WindowPlace,
  ) {}

  static async load(options: WindowsOptions): Promise<Windows> {
    return new Windows(options, await readPlace(options.placeFile));
  }

  get count(): number {
    return this.open.size;
  }

  /** @param folder of the project to open in it; undefined: the last one */
  add(folder?: string): StudioWindow {
    const { placeFile, onNotice, ...rest } = this.options;
    const window = new StudioWindow({
      ...rest,
      opening: folder,
      place: this.nextPlace(),
      onPlace: (place) => {
        this.place = place;
        this.written = this.written
          .then(() => writePlace(placeFile, place))
          .catch((error: unknown) => onNotice(String(error)));
      },
      onHopeless: (reason) => {
        dialog.showErrorBox(
          'Sluice',
          `The window keeps ending (${reason}). Your projects are safe: start Sluice again.`,
        );
        window.window.destroy();
      },
    });
    this.open.add(window);
    window.window.on('closed', () => this.open.delete(window));
    return window;
  }

  /** Brings the project to the front, in a window that was opened for it or in a new one; without a project, any window. */
  show(folder?: string): void {
    const found = [...this.open].find(({ desktop }) => folder === undefined || desktop.opening === folder);
    if (found === undefined) this.add(folder);
    else found.focus();
  }

  of(contents: WebContents): StudioWindow | undefined {
    return [...this.open].find((window) => window.contents === contents);
  }

  /** The one of that id; without one, the one that has the focus. */
  inFront(id = BrowserWindow.getFocusedWindow()?.id): StudioWindow | undefined {
    return [...this.open].find(({ window }) => window.id === id);
  }

  /** What questions about the whole program are asked on. */
  get foremost(): BrowserWindow | undefined {
    return (this.inFront() ?? [...this.open][0])?.window;
  }

  /** Resolves when the place of every window is kept. */
  async kept(): Promise<void> {
    await this.written;
  }

  private nextPlace(): WindowPlace {
    const { x, y } = this.place;
    if (this.open.size === 0 || x === undefined || y === undefined) return this.place;
    return { ...this.place, x: x + stepDown, y: y + stepDown, isMaximized: false, isFullScreen: false };
  }
}
