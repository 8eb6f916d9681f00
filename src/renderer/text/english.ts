/**
 * The catalogue of texts, in English, a file for each part of the window. Every word a person can see or hear comes from here;
 * `{name}` stands for a value. Other languages are records with the same keys (`korean.ts`), so a missing one does not compile.
 */
import { commandsTexts } from './english/commands';
import { desktopTexts } from './english/desktop';
import { directingTexts } from './english/directing';
import { editsTexts } from './english/edits';
import { exportTexts } from './english/export';
import { filesTexts } from './english/files';
import { frameTexts } from './english/frame';
import { generateTexts } from './english/generate';
import { guidanceTexts } from './english/guidance';
import { inspectorTexts } from './english/inspector';
import { ladderTexts } from './english/ladder';
import { libraryTexts } from './english/library';
import { mediaTexts } from './english/media';
import { packsTexts } from './english/packs';
import { presetsTexts } from './english/presets';
import { problemsTexts } from './english/problems';
import { projectsTexts } from './english/projects';
import { settingsTexts } from './english/settings';
import { timelineTexts } from './english/timeline';
import { tourTexts } from './english/tour';
import { viewerTexts } from './english/viewer';

export const english = {
  ...frameTexts,
  ...libraryTexts,
  ...mediaTexts,
  ...generateTexts,
  ...timelineTexts,
  ...ladderTexts,
  ...guidanceTexts,
  ...inspectorTexts,
  ...viewerTexts,
  ...commandsTexts,
  ...desktopTexts,
  ...exportTexts,
  ...filesTexts,
  ...presetsTexts,
  ...problemsTexts,
  ...projectsTexts,
  ...settingsTexts,
  ...directingTexts,
  ...packsTexts,
  ...tourTexts,
  ...editsTexts,
} as const;

export type TextKey = keyof typeof english;
export type Catalogue = Readonly<Record<TextKey, string>>;
