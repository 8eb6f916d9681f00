/**
 * What `npm run setup` provides, and for which purpose. To provide another thing, write a file like ffmpeg.mjs and name it here.
 *
 * @typedef {object} Need
 * @property {string} name
 * @property {string} neededFor in plain words, for the message when it is missing
 * @property {() => { readonly at: string, readonly note: string } | undefined} find quick: starts no program
 * @property {(say: (text: string) => void, isAskedFor: boolean) => Promise<string | undefined>} provide says why it could not, and what
 *   to do; `isAskedFor`: somebody wants just this, and it is not only the beginning of another command
 */
import { chromium } from './chromium.mjs';
import { electron } from './electron.mjs';
import { ffmpeg } from './ffmpeg.mjs';

/** @type {Readonly<Record<string, readonly Need[]>>} */
export const needsOf = {
  generate: [ffmpeg],
  test: [ffmpeg],
  start: [ffmpeg, electron],
};

/** Wanted besides with `--browser`. @type {readonly Need[]} */
export const browserNeeds = [chromium];
