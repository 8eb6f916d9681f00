/** What lies where in a project's folder. */
import path from 'node:path';

export const projectSuffix = '.sluice';

export interface Layout {
  readonly folder: string;
  /** The whole project at some revision. */
  readonly snapshot: string;
  /** Entries since; the last line may be torn. */
  readonly journal: string;
  /** Journals of before, each named by its first revision. */
  readonly history: string;
  /** Dated copies of the snapshot. */
  readonly copies: string;
  /** What could not be read, put aside rather than thrown away. */
  readonly damaged: string;
  /** Who writes here: a token that each writer replaces by its own. */
  readonly writer: string;
}

export function layoutOf(folder: string): Layout {
  return {
    folder,
    snapshot: path.join(folder, 'project.json'),
    journal: path.join(folder, 'journal.jsonl'),
    history: path.join(folder, 'history'),
    copies: path.join(folder, 'copies'),
    damaged: path.join(folder, 'damaged'),
    writer: path.join(folder, 'writer.json'),
  };
}

const segmentPattern = /^(\d{10})\.jsonl$/;

export function segmentName(firstRevision: number): string {
  return `${String(firstRevision).padStart(10, '0')}.jsonl`;
}

/** First revision of a journal of before; undefined for any other file. */
export function firstRevisionOf(name: string): number | undefined {
  const [, digits] = segmentPattern.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
