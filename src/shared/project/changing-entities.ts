/**
 * One collection of a project while patches change it: changes of fields are gathered by entity and parsed once, and the Map is
 * copied once. It knows nothing of other collections.
 */
import { z } from 'zod';
import { unfit } from './unfit';

/** What is to become of an entity: nothing, another one, or the same with other fields (undefined: without that field). */
type Pending =
  | { readonly kind: 'gone' }
  | { readonly kind: 'whole'; readonly fields: Record<string, unknown> }
  | { readonly kind: 'fields'; readonly changes: Record<string, unknown> };

/** The entity with the changes, where that can be told without parsing the rest of it again. */
type Shortcut<Entity> = (entity: Entity, changes: Readonly<Record<string, unknown>>) => Entity | undefined;

export class ChangingEntities<Id extends string, Entity extends { readonly id: Id }> {
  /** The ids of all that was asked to change. */
  readonly touched = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  #changed: Map<Id, Entity> | undefined;

  constructor(
    private readonly before: ReadonlyMap<Id, Entity>,
    private readonly schema: z.ZodType<Entity>,
    private readonly shortcut: Shortcut<Entity> = () => undefined,
  ) {}

  remove(id: string): void {
    this.#ask(id, { kind: 'gone' });
  }

  /** Throws `invalid-argument` unless `value` is an entity of that id. */
  put(id: string, value: unknown): void {
    const entity = z.record(z.string(), z.unknown()).safeParse(value);
    if (!entity.success || entity.data['id'] !== id)
      throw unfit(`The value of a patch for ${id} must be the entity ${id} itself.`);
    this.#ask(id, { kind: 'whole', fields: entity.data });
  }

  /** Undefined takes the field away. Throws `invalid-argument` where there is no such entity. */
  setField(id: string, field: string, value: unknown): void {
    const known = this.#pending.get(id);
    const now: ReadonlyMap<string, Entity> = this.#changed ?? this.before;
    if (known === undefined ? !now.has(id) : known.kind === 'gone')
      throw unfit(`There is no ${id} any more: it was removed meanwhile.`);
    if (field === 'id') throw unfit(`The id of ${id} cannot change.`);
    if (known?.kind === 'whole') known.fields[field] = value;
    else if (known?.kind === 'fields') known.changes[field] = value;
    else this.#ask(id, { kind: 'fields', changes: { [field]: value } });
  }

  /** `make` is shown the entities as all changes so far leave them; what it gives takes their place, and needs no parsing. */
  rewrite(make: (now: ReadonlyMap<Id, Entity>) => Iterable<Entity>): void {
    const entities = make(this.settled());
    const changed = this.#own();
    for (const entity of entities) {
      this.touched.add(entity.id);
      changed.set(entity.id, entity);
    }
  }

  /** As all changes so far leave it. Throws `invalid-argument` with what does not fit an entity's schema. */
  settled(): ReadonlyMap<Id, Entity> {
    for (const [id, change] of this.#pending) this.#settle(this.#own(), id, change);
    this.#pending.clear();
    return this.#changed ?? this.before;
  }

  #ask(id: string, change: Pending): void {
    this.touched.add(id);
    this.#pending.set(id, change);
  }

  #settle(changed: Map<Id, Entity>, id: string, change: Pending): void {
    const known: ReadonlyMap<string, Entity> = changed;
    const was = known.get(id);
    if (change.kind === 'gone') {
      if (was !== undefined) changed.delete(was.id);
      return;
    }
    const short = change.kind === 'fields' && was !== undefined ? this.shortcut(was, change.changes) : undefined;
    const entity =
      short ??
      parsed(this.schema, definedOf(change.kind === 'whole' ? change.fields : { ...was, ...change.changes }), id);
    changed.set(entity.id, entity);
  }

  #own(): Map<Id, Entity> {
    this.#changed ??= new Map(this.before);
    return this.#changed;
  }
}

/** Throws `invalid-argument` with what is wrong with `what`. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw unfit(`The change to ${what} cannot be made: ${z.prettifyError(result.error)}`);
}

/** JSON has no undefined: a field that is undefined is absent. */
export function definedOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
