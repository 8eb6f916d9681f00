/** The catalogue in Korean. */
import type { Catalogue } from './english';
import { commandsTexts } from './korean/commands';
import { desktopTexts } from './korean/desktop';
import { directingTexts } from './korean/directing';
import { editsTexts } from './korean/edits';
import { exportTexts } from './korean/export';
import { filesTexts } from './korean/files';
import { frameTexts } from './korean/frame';
import { generateTexts } from './korean/generate';
import { guidanceTexts } from './korean/guidance';
import { inspectorTexts } from './korean/inspector';
import { ladderTexts } from './korean/ladder';
import { libraryTexts } from './korean/library';
import { mediaTexts } from './korean/media';
import { packsTexts } from './korean/packs';
import { presetsTexts } from './korean/presets';
import { problemsTexts } from './korean/problems';
import { projectsTexts } from './korean/projects';
import { settingsTexts } from './korean/settings';
import { timelineTexts } from './korean/timeline';
import { tourTexts } from './korean/tour';
import { viewerTexts } from './korean/viewer';

export const korean: Catalogue = {
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
};
