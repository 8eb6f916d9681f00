/**
 * Edits as data. A patch has the form that immer gives its own, but only ever one of three paths:
 *
 *   [field]                       of the project itself, such as `title`
 *   [collection, id]              a whole entity comes or goes
 *   [collection, id, field]       one field of an entity, replaced whole
 *
 * So two edits of different fields never disturb one another, whatever their order, and a patch can be checked by the schema of
 * what it touches. Clips that move together are told by a fourth kind, a shift (`shift.ts`).
 */
import { z } from 'zod';
import { ChangingEntities, definedOf, parsed } from './changing-entities';
import { clipSchema, type Clip } from './clip';
import { markerSchema } from './marker';
import { mediaSchema } from './media';
import { collections, projectHeadSchema, type Collection, type Project } from './project';
import { projectShotSchema, takeSchema } from './project-shot';
import { shiftedClips, shiftSchema } from './shift';
import { frameSchema } from './time';
import { trackSchema } from './track';
import { unfit } from './unfit';

const segmentSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,63}$/);

const valuePatchSchema = z.strictObject({
  op: z.enum(['add', 'replace', 'remove']),
  path: z.array(segmentSchema).min(1).max(3),
  /** Absent for `remove`. */
  value: z.unknown().optional(),
});
type ValuePatch = z.infer<typeof valuePatchSchema>;

export const patchSchema = z.discriminatedUnion('op', [valuePatchSchema, shiftSchema]);
export type Patch = z.infer<typeof patchSchema>;

/** The ids of the entities that differ between two states of a project, by collection. */
export type Touched = ReadonlyMap<Collection, ReadonlySet<string>>;

export interface Patched {
  readonly project: Project;
  readonly touched: Touched;
}

/**
 * The project with the patches applied in order. What they touch is parsed by its schema; invariants across entities are not
 * looked at (`check-change.ts`). Throws `invalid-argument` when a patch does not fit the project.
 */
export function applyPatches(project: Project, patches: readonly Patch[]): Patched {
  const head: Record<string, unknown> = {};
  const changing = {
    tracks: new ChangingEntities(project.tracks, trackSchema),
    media: new ChangingEntities(project.media, mediaSchema),
    shots: new ChangingEntities(project.shots, projectShotSchema),
    takes: new ChangingEntities(project.takes, takeSchema),
    clips: new ChangingEntities(project.clips, clipSchema, movedClip),
    markers: new ChangingEntities(project.markers, markerSchema),
  };
  for (const patch of patches) {
    const collection = collections.find((name) => name === patch.path[0]);
    if (patch.op === 'shift') changing.clips.rewrite((clips) => shiftedClips(clips, patch.value));
    else if (collection === undefined) applyToHead(head, project, patch);
    else applyToCollection(changing[collection], patch);
  }
  const { tracks, media, shots, takes, clips, markers } = changing;
  return {
    project: {
      ...(Object.keys(head).length === 0 ? project : withHead(project, head)),
      tracks: tracks.settled(),
      media: media.settled(),
      shots: shots.settled(),
      takes: takes.settled(),
      clips: clips.settled(),
      markers: markers.settled(),
    },
    touched: new Map(
      collections.filter((name) => changing[name].touched.size > 0).map((name) => [name, changing[name].touched]),
    ),
  };
}

function applyToHead(head: Record<string, unknown>, project: Project, patch: ValuePatch): void {
  const field = patch.path[0] ?? '';
  const known = Object.hasOwn(projectHeadSchema.shape, field) && field !== 'id';
  if (!known || patch.path.length !== 1)
    throw unfit(`Cannot change ${patch.path.join('/')} of “${project.title}”: a project has no such field to change.`);
  head[field] = patch.op === 'remove' ? undefined : patch.value;
}

function applyToCollection(
  entities: Pick<ChangingEntities<never, never>, 'remove' | 'put' | 'setField'>,
  { op, path: [, id = '', field], value }: ValuePatch,
): void {
  if (field !== undefined) entities.setField(id, field, op === 'remove' ? undefined : value);
  else if (op === 'remove') entities.remove(id);
  else entities.put(id, value);
}

/** A field that is undefined in `changes` is removed. */
function withHead(project: Project, changes: Record<string, unknown>): Project {
  const { id, title, frameRate, size, trackOrder, range, ...collected } = project;
  const head = definedOf({ id, title, frameRate, size, trackOrder, range, ...changes });
  return { ...collected, ...parsed(projectHeadSchema, head, 'the project') };
}

/** A drag of many clips changes nothing else of them. */
function movedClip(clip: Clip, changes: Readonly<Record<string, unknown>>): Clip | undefined {
  if (!('startFrame' in changes) || Object.keys(changes).length !== 1) return undefined;
  return { ...clip, startFrame: parsed(frameSchema, changes['startFrame'], `the start of ${clip.id}`) };
}
