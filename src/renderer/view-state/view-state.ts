/** How the studio looks to this person on this machine, as it is kept. Each field falls back on its own. */
import { z } from 'zod';
import { languages } from '../text/text';
import { rulerUnits } from '../timeline/model/ruler';

/** Sizes of panels in per cent of their group, by the id of the panel. */
const layoutSchema = z.record(z.string(), z.number().min(0).max(100));
export type PanelLayout = z.infer<typeof layoutSchema>;

export const themes = ['dark', 'light'] as const;
export type Theme = (typeof themes)[number];

const viewStateSchema = z.object({
  theme: z.enum(themes).optional().catch(undefined),
  language: z.enum(languages).optional().catch(undefined),
  layouts: z.record(z.string(), layoutSchema).catch({}).default({}),
  snapping: z.boolean().catch(true).default(true),
  loop: z.boolean().catch(true).default(true),
  /** While it plays the timeline scrolls, so that the playhead stays in sight. */
  followsPlayhead: z.boolean().catch(true).default(true),
  rulerUnit: z.enum(rulerUnits).catch('timecode').default('timecode'),
  /** In pixels, by the id of the track; those of tracks that are gone do no harm. */
  trackHeights: z.record(z.string(), z.number().min(1).max(1000)).catch({}).default({}),
  /** What stands in the prompt bar, and the prompts before it, the newest last. */
  draft: z.string().max(2000).catch('').default(''),
  prompts: z.array(z.string().max(2000)).max(100).catch([]).default([]),
});
export type ViewState = z.infer<typeof viewStateSchema>;

/** What an empty database stands for, and what anything unreadable becomes. */
export function parseViewState(stored: unknown): ViewState {
  const result = viewStateSchema.safeParse(stored ?? {});
  return result.success ? result.data : viewStateSchema.parse({});
}
