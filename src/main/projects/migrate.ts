/**
 * How projects of older formats become of the present one: a list of steps, each from one version to the next, run in order on
 * plain JSON. What comes out is parsed by the schema like anything read.
 *
 * In every version a project is an object whose lists hold entities with an `id`; so the patches of an old journal can be
 * applied to an old project before it is migrated.
 */
import { z } from 'zod';
import { SluiceError } from '#shared/errors';
import type { Patch } from '#shared/project/patch';
import { shiftedClips, type Run } from '#shared/project/shift';

export interface Migration {
  /** The version it leads to, from the one before. */
  readonly to: number;
  /** What changed, in one line. */
  readonly what: string;
  /** Must not change its argument. */
  readonly up: (project: JsonObject) => JsonObject;
}

export type JsonObject = Readonly<Record<string, unknown>>;

const objectSchema = z.record(z.string(), z.unknown());
const entitySchema = z.looseObject({ id: z.string() });
const placedSchema = entitySchema.extend({ trackId: z.string(), startFrame: z.number() });

export class Migrations {
  /** Oldest version that can still be opened. */
  readonly oldest: number;

  /** Throws `internal` unless `steps` lead, one by one and in order, to `newest`. */
  constructor(
    private readonly steps: readonly Migration[],
    readonly newest: number,
  ) {
    this.oldest = newest - steps.length;
    for (const [index, { to }] of steps.entries())
      if (to !== this.oldest + index + 1)
        throw new SluiceError(
          'internal',
          `Migration ${index} leads to version ${to}, expected ${this.oldest + index + 1}.`,
        );
  }

  /** Throws `project-invalid` for a version before the oldest, and when a step fails. */
  up(project: unknown, from: number, to: number): unknown {
    if (from === to) return project;
    if (from < this.oldest) throw unreadable(`It has format ${from}; the oldest that can be opened is ${this.oldest}.`);
    const steps = this.steps.filter((step) => step.to > from && step.to <= to);
    return steps.reduce<unknown>((json, step) => {
      try {
        return step.up(objectSchema.parse(json));
      } catch (error) {
        throw unreadable(`It could not be brought to format ${step.to} (${step.what}).`, error);
      }
    }, project);
  }
}

/** Patches of any version, applied to a project of that version. Throws `project-invalid` where they do not fit. */
export function applyToJson(project: unknown, patches: readonly Patch[]): unknown {
  let json: JsonObject = objectSchema.parse(project);
  for (const patch of patches) {
    if (patch.op === 'shift') {
      json = { ...json, clips: withShifted(json['clips'], patch.value) };
      continue;
    }
    const { op, path, value } = patch;
    const [first = '', id, field] = path;
    const gone = op === 'remove';
    if (id === undefined) json = withField(json, first, gone ? undefined : value);
    else json = { ...json, [first]: withEntity(json[first], id, field, gone ? undefined : value) };
  }
  return json;
}

function withEntity(list: unknown, id: string, field: string | undefined, value: unknown): readonly unknown[] {
  const entities = z.array(entitySchema).safeParse(list);
  if (!entities.success) throw unreadable(`Its journal changes ${id}, but the project has no such list.`);
  if (field === undefined) {
    const others = entities.data.filter((entity) => entity.id !== id);
    return value === undefined ? others : [...others, value];
  }
  return entities.data.map((entity) => (entity.id === id ? withField(entity, field, value) : entity));
}

function withShifted(list: unknown, runs: readonly Run[]): readonly unknown[] {
  const clips = z.array(placedSchema).safeParse(list);
  if (!clips.success) throw unreadable('Its journal shifts clips, but the project has no such list.');
  const byId = new Map(clips.data.map((clip) => [clip.id, clip]));
  for (const clip of shiftedClips(byId, runs)) byId.set(clip.id, clip);
  return [...byId.values()];
}

function withField(of: JsonObject, field: string, value: unknown): JsonObject {
  const others = Object.entries(of).filter(([name]) => name !== field);
  return { ...Object.fromEntries(others), ...(value === undefined ? {} : { [field]: value }) };
}

function unreadable(message: string, cause?: unknown): SluiceError {
  return new SluiceError('project-invalid', `The project cannot be opened. ${message}`, { cause });
}
