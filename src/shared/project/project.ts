/**
 * A project, schema version 1: what is written, what is read, and how it looks in memory.
 *
 * Everything is kept flat, by id, as plain JSON values: an edit replaces fields of entities and nothing else (`patch.ts`). On
 * disk a collection is a list; in memory it is a Map, because copying one of 10,000 entries for an edit costs a third of copying
 * an object with as many keys (docs/decisions/0005-projects.md) and a Map has no inherited names.
 */
import { z } from 'zod';
import { sizeSchema } from '../units';
import { clipSchema, type Clip } from './clip';
import { projectIdSchema, trackIdSchema } from './ids';
import type { ClipId, MarkerId, MediaId, ShotId, TakeId, TrackId } from './ids';
import { markerSchema, type Marker } from './marker';
import { mediaSchema, type Media } from './media';
import { projectShotSchema, takeSchema, type ProjectShot, type Take } from './project-shot';
import { nameSchema } from './text';
import { frameRateSchema, frameSchema } from './time';
import { trackSchema, type Track } from './track';

export const projectSchemaVersion = 1;

export const rangeSchema = z
  .strictObject({ inFrame: frameSchema, outFrame: frameSchema })
  .refine((range) => range.outFrame > range.inFrame, 'the out point must come after the in point');
/** From `inFrame` up to, not including, `outFrame`. */
export type Range = z.infer<typeof rangeSchema>;

/** What a project says about itself, besides its collections. */
export const projectHeadSchema = z.strictObject({
  id: projectIdSchema,
  title: nameSchema,
  frameRate: frameRateSchema,
  size: sizeSchema,
  /** From the bottom of the picture to its top; names every track once. */
  trackOrder: z.array(trackIdSchema).max(100),
  /** In and out points; absent: the whole edit. */
  range: rangeSchema.optional(),
});
export type ProjectHead = z.infer<typeof projectHeadSchema>;

export interface Project extends Readonly<ProjectHead> {
  readonly tracks: ReadonlyMap<TrackId, Track>;
  readonly clips: ReadonlyMap<ClipId, Clip>;
  readonly markers: ReadonlyMap<MarkerId, Marker>;
  readonly shots: ReadonlyMap<ShotId, ProjectShot>;
  readonly takes: ReadonlyMap<TakeId, Take>;
  readonly media: ReadonlyMap<MediaId, Media>;
}

/** The collections, in the order in which they refer to one another. */
export const collections = ['tracks', 'media', 'shots', 'takes', 'clips', 'markers'] as const;
export type Collection = (typeof collections)[number];

export const mostEntities = 100_000;

export const projectSchema = projectHeadSchema
  .extend({
    tracks: z.array(trackSchema).max(100).transform(byId),
    media: z.array(mediaSchema).max(mostEntities).transform(byId),
    shots: z.array(projectShotSchema).max(mostEntities).transform(byId),
    takes: z.array(takeSchema).max(mostEntities).transform(byId),
    clips: z.array(clipSchema).max(mostEntities).transform(byId),
    markers: z.array(markerSchema).max(mostEntities).transform(byId),
  })
  .transform((project): Project => project);
/** A project as it is written. */
export type ProjectJson = z.input<typeof projectSchema>;

/** What `projectSchema` reads back. */
export function projectJson(project: Project): ProjectJson {
  return {
    ...project,
    trackOrder: [...project.trackOrder],
    tracks: [...project.tracks.values()],
    media: [...project.media.values()],
    shots: [...project.shots.values()],
    takes: [...project.takes.values()],
    clips: [...project.clips.values()],
    markers: [...project.markers.values()],
  };
}

export interface NewProject extends Pick<ProjectHead, 'id' | 'title'> {
  readonly frameRate?: ProjectHead['frameRate'];
  readonly size?: ProjectHead['size'];
  readonly tracks?: readonly Track[];
}

/** A project without clips. The defaults are the shape of Imagen Video's last stage (section 2.1, figure 6: 1280×768 at 24 fps). */
export function newProject(about: NewProject): Project {
  const { tracks = [], frameRate = { num: 24, den: 1 }, size = { height: 768, width: 1280 }, id, title } = about;
  const trackOrder = tracks.map((track) => track.id);
  const empty = { media: [], shots: [], takes: [], clips: [], markers: [] };
  return projectSchema.parse({ id, title, frameRate, size, trackOrder, tracks, ...empty });
}

function byId<Entity extends { id: string }>(
  entities: readonly Entity[],
  context: z.RefinementCtx,
): Map<Entity['id'], Entity> {
  const map = new Map(entities.map((entity): [Entity['id'], Entity] => [entity.id, entity]));
  if (map.size < entities.length) context.addIssue({ code: 'custom', message: 'two entries have the same id' });
  return map;
}
