/**
 * Edits as data. A patch has the form that immer gives its own, but only ever one of three paths:
 *
 *   [field]                       of the project itself, such as `title`
 *   [collection, id]              a whole entity comes or goes
 *   [collection, id, field]       one field of an entity, replaced whole
 *
 * So two edits of different fields never disturb one another, whatever their order, and a patch can be checked by the schema of
 * what it touches.
 */
import { z } from 'zod';
import { SluiceError } from '../errors';
import { clipSchema, type Clip } from './clip';
import { markerSchema } from './marker';
import { mediaSchema } from './media';
import { collections, projectHeadSchema, type Collection, type Project } from './project';
import { projectShotSchema, takeSchema } from './project-shot';
import { frameSchema } from './time';
import { trackSchema } from './track';

const segmentSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,63}$/);

export const patchSchema = z.strictObject({
  op: z.enum(['add', 'replace', 'remove']),
  path: z.array(segmentSchema).min(1).max(3),
  /** Absent for `remove`. */
  value: z.unknown().optional(),
});
export type Patch = z.infer<typeof patchSchema>;

/** The ids of the entities that differ between two states of a project, by collection. */
export type Touched = ReadonlyMap<Collection, ReadonlySet<string>>;

export interface Patched {
  readonly project: Project;
  readonly touched: Touched;
}

/** What patches make of an entity: nothing, another one, or the same with other fields (undefined: without that field). */
type Pending =
  | { readonly kind: 'gone' }
  | { readonly kind: 'whole'; readonly fields: Record<string, unknown> }
  | { readonly kind: 'fields'; readonly changes: Record<string, unknown> };

/**
 * The project with the patches applied in order. What they touch is parsed by its schema; invariants across entities are not
 * looked at (`check-change.ts`). Throws `invalid-argument` when a patch does not fit the project.
 */
export function applyPatches(project: Project, patches: readonly Patch[]): Patched {
  const head: Record<string, unknown> = {};
  const pending = new Map<Collection, Map<string, Pending>>();
  for (const patch of patches) {
    const collection = collections.find((name) => name === patch.path[0]);
    if (collection === undefined) applyToHead(head, project, patch);
    else {
      const entities = pending.get(collection) ?? new Map<string, Pending>();
      pending.set(collection, entities);
      applyToEntity(entities, project[collection], patch);
    }
  }
  return {
    project: {
      ...(Object.keys(head).length === 0 ? project : withHead(project, head)),
      tracks: patched(project.tracks, trackSchema, pending.get('tracks')),
      media: patched(project.media, mediaSchema, pending.get('media')),
      shots: patched(project.shots, projectShotSchema, pending.get('shots')),
      takes: patched(project.takes, takeSchema, pending.get('takes')),
      clips: patched(project.clips, clipSchema, pending.get('clips'), movedClip),
      markers: patched(project.markers, markerSchema, pending.get('markers')),
    },
    touched: new Map([...pending].map(([name, entities]) => [name, new Set(entities.keys())])),
  };
}

function applyToHead(head: Record<string, unknown>, project: Project, patch: Patch): void {
  const field = patch.path[0] ?? '';
  const known = Object.hasOwn(projectHeadSchema.shape, field) && field !== 'id';
  if (!known || patch.path.length !== 1) throw misfit(project, patch, 'a project has no such field to change');
  head[field] = patch.op === 'remove' ? undefined : patch.value;
}

function applyToEntity(pending: Map<string, Pending>, entities: ReadonlyMap<string, unknown>, patch: Patch): void {
  const [collection = '', id = '', field] = patch.path;
  const known = pending.get(id);
  if (field === undefined) {
    pending.set(id, patch.op === 'remove' ? { kind: 'gone' } : { kind: 'whole', fields: entityIn(patch, id) });
    return;
  }
  if (known === undefined ? !entities.has(id) : known.kind === 'gone')
    throw unfit(`There is no ${id} in ${collection} any more: it was removed meanwhile.`);
  if (field === 'id') throw unfit(`The id of ${id} cannot change.`);
  const value = patch.op === 'remove' ? undefined : patch.value;
  if (known?.kind === 'whole') known.fields[field] = value;
  else if (known?.kind === 'fields') known.changes[field] = value;
  else pending.set(id, { kind: 'fields', changes: { [field]: value } });
}

function entityIn(patch: Patch, id: string): Record<string, unknown> {
  const entity = z.record(z.string(), z.unknown()).safeParse(patch.value);
  if (entity.success && entity.data['id'] === id) return entity.data;
  throw unfit(`The value of a patch for ${patch.path.join('/')} must be the entity ${id} itself.`);
}

/** A field that is undefined in `changes` is removed. */
function withHead(project: Project, changes: Record<string, unknown>): Project {
  const { id, title, frameRate, size, trackOrder, range, ...collected } = project;
  const head = definedOf({ id, title, frameRate, size, trackOrder, range, ...changes });
  return { ...collected, ...parsed(projectHeadSchema, head, 'the project') };
}

/** @param shortcut the entity with the changes, where that can be told without parsing the rest of it again */
function patched<Id extends string, Entity extends { id: Id }>(
  entities: ReadonlyMap<Id, Entity>,
  schema: z.ZodType<Entity>,
  pending: ReadonlyMap<string, Pending> | undefined,
  shortcut?: (entity: Entity, changes: Readonly<Record<string, unknown>>) => Entity | undefined,
): ReadonlyMap<Id, Entity> {
  if (pending === undefined) return entities;
  const before: ReadonlyMap<string, Entity> = entities;
  const after = new Map(entities);
  for (const [id, change] of pending) {
    const was = before.get(id);
    if (change.kind === 'gone') {
      if (was !== undefined) after.delete(was.id);
      continue;
    }
    const short = change.kind === 'fields' && was !== undefined ? shortcut?.(was, change.changes) : undefined;
    const entity =
      short ?? parsed(schema, definedOf(change.kind === 'whole' ? change.fields : { ...was, ...change.changes }), id);
    after.set(entity.id, entity);
  }
  return after;
}

/** A ripple moves thousands of clips and changes nothing else of them. */
function movedClip(clip: Clip, changes: Readonly<Record<string, unknown>>): Clip | undefined {
  if (!('startFrame' in changes) || Object.keys(changes).length !== 1) return undefined;
  return { ...clip, startFrame: parsed(frameSchema, changes['startFrame'], `the start of ${clip.id}`) };
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw unfit(`The change to ${what} cannot be made: ${z.prettifyError(result.error)}`);
}

function definedOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function misfit(project: Project, patch: Patch, why: string): SluiceError {
  return unfit(`Cannot change ${patch.path.join('/')} of “${project.title}”: ${why}.`);
}

function unfit(message: string): SluiceError {
  return new SluiceError('invalid-argument', message);
}
