/** What a person chose for an export, and what is asked of main for it. Pure: no window, no clock. */
import { z } from 'zod';
import { stageIdSchema } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { frameRateSchema } from '#shared/project/time';
import {
  exportQualitySchema,
  longestExportSide,
  type ExportPresetFacts,
  type planExportSchema,
} from '#shared/studio/exports';
import type { OpenId } from '#shared/studio/projects';
import type { Size } from '#shared/units';

const sideSchema = z.int().min(1).max(longestExportSide);

/** What is remembered from one export to the next. */
export const exportChoiceSchema = z.object({
  preset: z.string().max(40).catch('mp4-h264').default('mp4-h264'),
  quality: exportQualitySchema.catch('good').default('good'),
  /** `hd` fits the picture into 1920 × 1080. */
  sizing: z.enum(['source', 'hd', 'custom']).catch('source').default('source'),
  width: sideSchema.catch(1920).default(1920),
  height: sideSchema.catch(1080).default(1080),
  /** Absent: as the source is. */
  frameRate: frameRateSchema.optional().catch(undefined),
  /** Absent: where exports usually go. */
  folder: z.string().max(4096).optional().catch(undefined),
});
export type ExportChoice = z.infer<typeof exportChoiceSchema>;

/** What is to be exported: chosen anew each time, since it is what is in the window then. */
export type ExportWhat =
  | { readonly kind: 'edit' }
  /** Between the in and out points. */
  | { readonly kind: 'range' }
  /** `stage` absent: the one that the edit shows. */
  | { readonly kind: 'take'; readonly stage?: z.infer<typeof stageIdSchema> | undefined };

const hd: Size = { width: 1920, height: 1080 };

/**
 * The size to ask for; undefined: as the source is. Sides are whole multiples of what the format needs; what is fitted keeps its shape to
 * the nearest of them.
 */
export function wantedSize(choice: ExportChoice, source: Size, { multipleOf }: Pick<ExportPresetFacts, 'multipleOf'>) {
  if (choice.sizing === 'source') return undefined;
  const whole = (side: number): number => Math.max(multipleOf, Math.round(side / multipleOf) * multipleOf);
  if (choice.sizing === 'custom') return { width: whole(choice.width), height: whole(choice.height) };
  const scale = Math.min(hd.width / source.width, hd.height / source.height);
  return { width: whole(source.width * scale), height: whole(source.height * scale) };
}

export interface Selected {
  readonly takeId: TakeId;
}

/** What main is asked, but for the file. */
export function requestOf(
  choice: ExportChoice,
  what: ExportWhat,
  context: {
    readonly open: OpenId;
    readonly project: Pick<Project, 'range'>;
    readonly selected: Selected | undefined;
    readonly source: Size;
    readonly preset: ExportPresetFacts;
  },
): z.input<typeof planExportSchema> | undefined {
  const { open, project, selected, source, preset } = context;
  const size = wantedSize(choice, source, preset);
  const shape = {
    ...{ preset: preset.id, quality: choice.quality },
    ...(size && { size }),
    ...(choice.frameRate && { frameRate: choice.frameRate }),
  };
  if (what.kind === 'take')
    return (
      selected && {
        source: { kind: 'take', open, takeId: selected.takeId, ...(what.stage !== undefined && { stage: what.stage }) },
        ...shape,
      }
    );
  const range = what.kind === 'range' ? project.range : undefined;
  return { source: { kind: 'edit', open }, ...shape, ...(range && { range }) };
}

/** A name that every system takes, from a project's or a shot's. */
export function fileNameFrom(title: string): string {
  const name = title
    .replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/g, '');
  return name === '' ? 'Export' : name;
}

/** With the ending of the preset; another preset's ending is taken off first. */
export function withEnding(name: string, preset: ExportPresetFacts, presets: readonly ExportPresetFacts[]): string {
  const known = presets.map(({ extension }) => extension).filter((extension) => extension !== '');
  const ending = known.find((extension) => name.toLowerCase().endsWith(`.${extension}`));
  const bare = ending === undefined ? name : name.slice(0, -ending.length - 1);
  return preset.extension === '' ? bare : `${bare}.${preset.extension}`;
}
