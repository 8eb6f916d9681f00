/** Chromium, with which the end-to-end tests drive the studio. Debian's package; elsewhere any Chrome on the PATH. */
import { installDebianPackage } from './debian-package.mjs';
import { findOnPath, isExecutable } from './find-executable.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packageLimitSec = 420;

/** @type {import('./needs.mjs').Need} */
export const chromium = {
  name: 'chromium',
  neededFor: 'the end-to-end tests',
  find() {
    const chosen = process.env.SLUICE_CHROMIUM;
    if (chosen) return isExecutable(chosen) ? { at: chosen, note: 'chosen by SLUICE_CHROMIUM' } : undefined;
    const onPath = findOnPath(names);
    return onPath === undefined ? undefined : { at: onPath, note: 'on the PATH' };
  },
  async provide(say) {
    say("installing the system's package …");
    const notInstalled = await installDebianPackage('chromium', packageLimitSec);
    return notInstalled === undefined ? undefined : `${notInstalled}. Or set SLUICE_CHROMIUM to a Chromium of yours`;
  },
};
