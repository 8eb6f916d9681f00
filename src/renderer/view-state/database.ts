/**
 * What the browser remembers of how the studio looks: sizes of panels, theme, language, zoom. Nothing of value: it may be wiped at
 * any time, may be written by an older studio, and a browser may refuse to keep it at all.
 */
import { Dexie, type EntityTable } from 'dexie';

interface ViewRow {
  readonly key: string;
  readonly value: unknown;
}

export class ViewDatabase extends Dexie {
  declare readonly view: EntityTable<ViewRow, 'key'>;

  constructor(name = 'sluice-view') {
    super(name);
    this.version(1).stores({ view: 'key' });
  }
}

/** Undefined where nothing is kept, or nothing can be kept. */
export async function readView(database: ViewDatabase, key: string): Promise<unknown> {
  try {
    return (await database.view.get(key))?.value;
  } catch {
    return undefined;
  }
}

/** Resolves also where the browser keeps nothing. */
export async function writeView(database: ViewDatabase, key: string, value: unknown): Promise<void> {
  try {
    await database.view.put({ key, value });
  } catch {
    return;
  }
}
