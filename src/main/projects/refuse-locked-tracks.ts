/** A locked track is locked whoever asks: edit functions refuse in the window, this refuses what arrives by the channel. */
import { SluiceError } from '#shared/errors';
import { clipSchema } from '#shared/project/clip';
import type { Patch } from '#shared/project/patch';
import type { Project } from '#shared/project/project';

/** Throws `invalid-argument` for patches that touch clips of a locked track, or put some there, unless they also unlock it. */
export function refuseLockedTracks(project: Project, patches: readonly Patch[]): void {
  const locked = [...project.tracks.values()].filter((track) => track.locked && !unlocks(track.id, patches));
  if (locked.length === 0) return;
  const clips: ReadonlyMap<string, { readonly trackId: string }> = project.clips;
  for (const patch of patches) {
    if (patch.path[0] !== 'clips') continue;
    const tracks = [...idsIn(patch).map((id) => clips.get(id)?.trackId), targetOf(patch)];
    const track = locked.find((one) => tracks.includes(one.id));
    if (track !== undefined)
      throw new SluiceError('invalid-argument', `The track “${track.name}” is locked: unlock it first.`, {
        details: { track: track.id },
      });
  }
}

/** Of clips that a patch touches, one from each track. */
function idsIn(patch: Patch): readonly string[] {
  return patch.op === 'shift' ? patch.value.map((run) => run.first) : patch.path.slice(1, 2);
}

function unlocks(trackId: string, patches: readonly Patch[]): boolean {
  return patches.some(
    ({ path: [collection, id, field] }) => collection === 'tracks' && id === trackId && field === 'locked',
  );
}

/** The track that a patch puts a clip on. */
function targetOf({ path: [, , field], value }: Patch): string | undefined {
  if (field === 'trackId') return typeof value === 'string' ? value : undefined;
  return clipSchema.pick({ trackId: true }).loose().safeParse(value).data?.trackId;
}
