/** The settings of a home: what a person chose, in a file, and the defaults for the rest. A damaged file is one that chose nothing. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  chosenSettingsSchema,
  defaultSettings,
  settingsSchema,
  type ChosenSettings,
  type Settings,
} from '#shared/studio/settings';
import { readJsonFile, writeJsonFile } from '../files/json-file';
import { Watched } from './follow';

export class SettingsFile {
  readonly watched: Watched<Settings>;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private chosen: ChosenSettings,
  ) {
    this.watched = new Watched(complete(chosen));
  }

  static async open(home: string): Promise<SettingsFile> {
    const file = path.join(home, 'settings.json');
    const found = await readJsonFile(file, chosenSettingsSchema);
    return new SettingsFile(file, found.kind === 'read' ? found.value : {});
  }

  get value(): Settings {
    return this.watched.value;
  }

  /** Kept when it returns. Throws `disk-full`, `disk-read-only`. */
  change(set: ChosenSettings, unset: readonly (keyof ChosenSettings)[]): Promise<Settings> {
    const done = this.turn.then(async () => {
      const chosen = { ...this.chosen, ...set };
      for (const name of unset) Reflect.deleteProperty(chosen, name);
      await mkdir(path.dirname(this.file), { recursive: true });
      await writeJsonFile(this.file, chosen);
      this.chosen = chosen;
      this.watched.set(complete(chosen));
      return this.value;
    });
    this.turn = done.catch(() => undefined);
    return done;
  }
}

function complete(chosen: ChosenSettings): Settings {
  return settingsSchema.parse({ ...defaultSettings, ...chosen });
}
