/** A suite of tests in a real browser: a studio opens before the first and closes after the last. Where there is no browser, it says so. */
import { afterAll, beforeAll, describe } from 'vitest';
import { keepPicture } from './pictures.test-support';
import { chromiumPath, openInBrowser, patience, type OpenedStudio, type StudioToOpen } from './studio.test-support';

/** The studio that is open, from the suite's own `beforeAll` on. */
export interface StudioInChromium extends Omit<OpenedStudio, 'close'> {
  /** `keepPicture` of its window. */
  shot(name: string): Promise<void>;
}

/** The machine may be busy with other things. */
const longestTestMs = 600_000 * patience;
const longestClosingMs = 60_000;

export function inChromium(name: string, wanted: StudioToOpen, suite: (studio: StudioInChromium) => void): void {
  if (chromiumPath === undefined)
    process.stderr.write(`e2e: “${name}” is not run, there is no Chromium (npm run setup -- --for test --browser)\n`);
  describe.skipIf(chromiumPath === undefined)(name, { timeout: longestTestMs }, () => {
    let opened: OpenedStudio | undefined;
    const now = (): OpenedStudio => {
      if (opened === undefined) throw new Error('The studio is not open: ask for it inside a test.');
      return opened;
    };
    beforeAll(async () => {
      opened = await openInBrowser(wanted);
    }, longestTestMs);
    afterAll(() => opened?.close(), longestClosingMs);
    suite({
      get page() {
        return now().page;
      },
      get browser() {
        return now().browser;
      },
      get folder() {
        return now().folder;
      },
      get complaints() {
        return now().complaints;
      },
      openWindow: () => now().openWindow(),
      shot: (picture) => keepPicture(now().page, picture),
    });
  });
}
