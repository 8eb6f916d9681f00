/**
 * Remembers which files have which hash, so that a film is not read through again each time its project opens. A file counts as known while
 * its size and time of change are what they were. Only a memory: without it everything is found again, more slowly.
 */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sha256Schema, type Sha256 } from '#shared/units';
import { readJsonFile, writeJsonFile } from '../files/json-file';
import { hashFile, type HashedFile } from './hash-file';

const knownSchema = z.strictObject({
  path: z.string(),
  sha256: sha256Schema,
  sizeBytes: z.number(),
  modifiedMs: z.number(),
});
const fileSchema = z.strictObject({ files: z.array(knownSchema) });

/** The oldest are forgotten. */
const mostKnown = 20_000;

export class KnownFiles {
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly known: Map<string, HashedFile>,
  ) {}

  /** A damaged memory is an empty one. */
  static async open(file: string): Promise<KnownFiles> {
    const found = await readJsonFile(file, fileSchema);
    const files = found.kind === 'read' ? found.value.files : [];
    return new KnownFiles(file, new Map(files.map(({ path, ...facts }) => [path, facts])));
  }

  /** Paths where a file with this hash was once seen, the last seen first. */
  placesOf(sha256: Sha256): readonly string[] {
    return [...this.known]
      .filter(([, facts]) => facts.sha256 === sha256)
      .map(([path]) => path)
      .reverse();
  }

  /** Reads the file only where it is not known. Throws as `hashFile` does. */
  async hashOf(file: string, onProgress: (share: number) => void, signal: AbortSignal): Promise<HashedFile> {
    const remembered = this.known.get(file);
    const facts = await stat(file).catch(() => undefined);
    if (remembered !== undefined && facts?.size === remembered.sizeBytes && facts.mtimeMs === remembered.modifiedMs)
      return remembered;
    const hashed = await hashFile(file, onProgress, signal);
    await this.note(file, hashed);
    return hashed;
  }

  /** What cannot be written down is remembered while the program runs. */
  async note(file: string, hashed: HashedFile): Promise<void> {
    this.known.delete(file);
    this.known.set(file, hashed);
    for (const oldest of this.known.keys()) if (this.known.size > mostKnown) this.known.delete(oldest);
    this.turn = this.turn.then(() => this.write()).catch(() => undefined);
    await this.turn;
  }

  private async write(): Promise<void> {
    const files = [...this.known].map(([path, facts]) => ({ path, ...facts }));
    await mkdir(path.dirname(this.file), { recursive: true });
    await writeJsonFile(this.file, { files });
  }
}
