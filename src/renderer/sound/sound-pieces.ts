/** The sound of a stretch of the edit as pieces of loaded samples: which, when, how fast and how loud. Pure: knows no audio device. */
import { gainAt, soundsBetween, type Corner, type Sounding } from '#shared/edit/sounds';
import type { Project } from '#shared/project/project';
import type { Sha256 } from '#shared/units';

/** Length of what is loaded at once. */
export const chunkSec = 2;

export interface SoundPiece {
  readonly media: Sha256;
  /** The samples from `chunk · chunkSec` on. */
  readonly chunk: number;
  /** Where in the chunk it begins, and how much of it is heard. */
  readonly offsetSec: number;
  readonly sourceSec: number;
  /** On the timeline. */
  readonly atSec: number;
  readonly lengthSec: number;
  /** Seconds of the media in a second of the timeline. */
  readonly speed: number;
  /** From its beginning to its end. */
  readonly gain: readonly Corner[];
}

/** In no particular order. */
export function piecesBetween(project: Project, fromSec: number, toSec: number): readonly SoundPiece[] {
  const second = project.frameRate.num / project.frameRate.den;
  const sounds = soundsBetween(project, Math.floor(fromSec * second), Math.ceil(toSec * second));
  return sounds.flatMap((sounding) => [
    ...piecesOf(sounding, Math.max(fromSec, sounding.startSec), Math.min(toSec, sounding.endSec)),
  ]);
}

function* piecesOf(sounding: Sounding, fromSec: number, toSec: number): Generator<SoundPiece> {
  const { speed, startSec, sourceSec, media } = sounding;
  for (let atSec = fromSec; atSec < toSec - shortest;) {
    const from = sourceSec + (atSec - startSec) * speed;
    // A beginning that is a hair before a chunk's end belongs to the next one.
    const chunk = Math.floor((from + shortest) / chunkSec);
    const endSec = Math.min(toSec, startSec + ((chunk + 1) * chunkSec - sourceSec) / speed);
    yield {
      ...{ media: media.sha256, chunk, speed, atSec, lengthSec: endSec - atSec },
      offsetSec: Math.max(0, from - chunk * chunkSec),
      sourceSec: (endSec - atSec) * speed,
      gain: gainBetween(sounding, atSec, endSec),
    };
    atSec = endSec;
  }
}

/** A tenth of a sample. */
const shortest = 2e-6;

function gainBetween(sounding: Sounding, fromSec: number, toSec: number): readonly Corner[] {
  const inside = sounding.gain.filter(({ atSec }) => atSec > fromSec && atSec < toSec);
  // At its very end the gain is that of the last corner, not the silence behind it.
  const last = sounding.gain.at(-1);
  const end = last !== undefined && toSec >= last.atSec ? last.gain : gainAt(sounding, toSec);
  return [{ atSec: fromSec, gain: gainAt(sounding, fromSec) }, ...inside, { atSec: toSec, gain: end }];
}
