/**
 * What an Electron window has that a browser's has not: under which address its page lies, how the page hands main one end of a channel,
 * and what the preload script adds to the page. The page, the preload script and the shell all take it from here.
 */
export const appScheme = 'sluice';
export const appHost = 'studio';
export const appOrigin = `${appScheme}://${appHost}`;

/** Of the page's message to its preload script, and of the script's to main: with it goes the port that is main's end. */
export const channelMessage = 'sluice:channel';

/** The property of the page's `window`. */
export const bridgeName = 'sluiceDesktop';

export interface DesktopBridge {
  /** Path of a `File` that was dropped or chosen; '' for one that is in memory only. */
  pathOf(file: object): string;
}
