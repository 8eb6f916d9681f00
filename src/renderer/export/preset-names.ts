/** What export formats are called in the window's language. */
import type { ExportPresetFacts } from '#shared/studio/exports';
import type { TextKey } from '../text/english';
import type { Say } from '../text/text';

const names: Readonly<Record<string, TextKey>> = {
  'mp4-h264': 'export.preset.mp4-h264',
  'mp4-h265': 'export.preset.mp4-h265',
  'mp4-av1': 'export.preset.mp4-av1',
  'webm-vp9': 'export.preset.webm-vp9',
  'prores-hq': 'export.preset.prores-hq',
  gif: 'export.preset.gif',
  'png-sequence': 'export.preset.png-sequence',
};

/** As main calls it, where it is newer than this window. */
export function presetName({ id, title }: Pick<ExportPresetFacts, 'id' | 'title'>, say: Say): string {
  const key = names[id];
  return key === undefined ? title : say(key);
}
