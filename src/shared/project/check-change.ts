/** The invariants of a project after a change, looked at only where the change can have broken them. */
import { SluiceError } from '../errors';
import { checkClips, checkShots, checkTrackOrder, checkTracks } from './check';
import { onlyMoved, type Clip } from './clip';
import type { TrackId } from './ids';
import { carryOrders } from './order';
import type { Touched } from './patch';
import type { Project } from './project';
import type { ProjectShot } from './project-shot';

/** What a change did to clips, as far as it can break anything. */
export interface ChangedClips {
  /** Those that clips came to, left, or moved on. */
  readonly tracks: ReadonlySet<TrackId>;
  /** As they are after it, without those that only moved: they still have their sources, and frames enough. */
  readonly changed: readonly Clip[];
}

/**
 * Throws `invalid-argument` with what would break. `after` must differ from `before` in its head and in `touched` only. `clips`: where
 * that is known already.
 */
export function checkChange(before: Project, after: Project, touched: Touched, clips?: ChangedClips): void {
  const ids = touched.get('clips') ?? noClips;
  carryOrders(before.clips, after.clips, ids);
  const [problem] = problems(before, after, touched, clips ?? changedClips(before.clips, after.clips, ids));
  if (problem !== undefined) throw new SluiceError('invalid-argument', problem, { details: { project: after.id } });
}

const noClips: ReadonlySet<string> = new Set();

function changedClips(
  before: ReadonlyMap<string, Clip>,
  after: ReadonlyMap<string, Clip>,
  ids: ReadonlySet<string>,
): ChangedClips {
  const tracks = new Set<TrackId>();
  const changed: Clip[] = [];
  for (const id of ids) {
    const was = before.get(id);
    const is = after.get(id);
    if (was !== undefined) tracks.add(was.trackId);
    if (is === undefined) continue;
    tracks.add(is.trackId);
    if (was === undefined || !onlyMoved(was, is)) changed.push(is);
  }
  return { tracks, changed };
}

function problems(
  before: Project,
  after: Project,
  touched: Touched,
  { tracks, changed }: ChangedClips,
): readonly string[] {
  const referencesMove = ['tracks', 'media', 'shots', 'takes'].some((name) =>
    touchesReference(before, after, name, touched),
  );
  return [
    ...(touched.has('tracks') || before.trackOrder !== after.trackOrder ? checkTrackOrder(after) : []),
    ...(touched.has('shots') || touched.has('takes') ? checkShots(after) : []),
    ...checkClips(after, referencesMove ? after.clips.values() : changed),
    ...checkTracks(after, tracks),
  ];
}

/** Whether a clip that was not touched may refer to what was. Noting a finished stage, the commonest change, must stay cheap. */
function touchesReference(before: Project, after: Project, name: string, touched: Touched): boolean {
  switch (name) {
    case 'tracks':
      return removesOrReplaces(before.tracks, after.tracks, touched.get('tracks'), (was, is) => was.kind !== is.kind);
    case 'media':
      return removesOrReplaces(before.media, after.media, touched.get('media'), () => true);
    case 'shots':
      return removesOrReplaces(before.shots, after.shots, touched.get('shots'), (was, is) => !sameGrid(was, is));
    default:
      return removesOrReplaces(before.takes, after.takes, touched.get('takes'), (was, is) => was.shotId !== is.shotId);
  }
}

function sameGrid(a: ProjectShot, b: ProjectShot): boolean {
  return a.frames === b.frames && a.frameRate.num * b.frameRate.den === b.frameRate.num * a.frameRate.den;
}

function removesOrReplaces<Entity>(
  before: ReadonlyMap<string, Entity>,
  after: ReadonlyMap<string, Entity>,
  touched: ReadonlySet<string> | undefined,
  matters: (was: Entity, is: Entity) => boolean,
): boolean {
  for (const id of touched ?? []) {
    const was = before.get(id);
    const is = after.get(id);
    if (was !== undefined && (is === undefined || matters(was, is))) return true;
  }
  return false;
}
