/** Makes the shots that continue what is on the timeline: brings the frames, places the clip, and begins with its first stage. */
import { SluiceError } from '#shared/errors';
import { inOneStep } from '#shared/project/change';
import type { Clip } from '#shared/project/clip';
import { addShot } from '#shared/project/edits/shots';
import { pasteClips } from '#shared/project/edits/place-clips';
import { newClipId, newShotId, newTakeId } from '#shared/project/ids';
import type { ProjectShot } from '#shared/project/project-shot';
import { selectedClip, shotOfClip, type Pack } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { sayIn } from '../text/text';
import { bringGiven } from './bring';
import { extension, filling, type Extension } from './extension';
import { firstTake, randomSeed, shotOf, wholeClip } from './new-shot';
import { gapAt } from './neighbour-frames';
import { run } from './run';

/** A shot after the selected clip, or before it. */
export async function runExtension(studio: Studio, direction: 'forward' | 'backward'): Promise<void> {
  const { project } = studio.document.getState();
  const clip = selectedClip(project, studio.timeline.getState().selection);
  const pack = clip && packFor(studio, clip);
  const planned = clip && pack && extension(project, clip, pack.manifest, direction);
  if (clip !== undefined && pack !== undefined && planned !== undefined)
    await make(studio, planned, pack, promptOf(studio, clip, direction === 'forward' ? 'end' : 'beginning'));
}

/** A shot in the gap at the playhead. */
export async function runFilling(studio: Studio): Promise<void> {
  const { project } = studio.document.getState();
  const say = sayIn(studio.view.getState().language);
  const gap = gapAt(project, Math.floor(studio.timeline.getState().playhead));
  const refuse = (why: 'extend.noGap' | 'extend.gapTooLong'): void =>
    studio.report(new SluiceError('invalid-argument', say(why)));
  const pack = gap && packFor(studio, gap.before);
  if (gap === undefined) refuse('extend.noGap');
  if (gap === undefined || pack === undefined) return;
  const planned = filling(project, gap, pack.manifest);
  if (planned === undefined) refuse('extend.gapTooLong');
  else await make(studio, planned, pack, promptOf(studio, gap.before, 'end'));
}

async function make(studio: Studio, planned: Extension, pack: Pack, prompt: string): Promise<void> {
  const given: ProjectShot['direction']['given'] = [];
  for (const { source, frames, atFrame } of planned.given) {
    const brought = await bringGiven(studio, pack.hash, source, frames);
    if (brought === undefined) return;
    given.push({ source: brought, atFrame });
  }
  const bare = shotOf({ prompt, pack }, newShotId());
  const shot: ProjectShot = { ...bare, direction: { ...bare.direction, given } };
  const take = firstTake(shot, newTakeId(), 1, randomSeed());
  const id = newClipId();
  const { trackId, startFrame, lengthFrames, inFrame, mode } = planned;
  const made = studio.document.edit((project) => {
    const track = project.tracks.get(trackId);
    if (track === undefined) return inOneStep(project, 'add-shot', []);
    const clip: Clip = { ...wholeClip(project, shot, take, { clip: id }, track), inFrame, lengthFrames, startFrame };
    return inOneStep(project, 'add-shot', [
      (at) => addShot(at, { shot, takes: [take] }),
      (at) => pasteClips(at, { clips: [clip], ids: [id], atFrame: startFrame, mode }),
    ]);
  });
  if (!made) return;
  studio.timeline.setState({ selection: new Set([id]), opened: id, playhead: startFrame, rate: 0 });
  await run(studio, [take.id], { upTo: pack.manifest.stages[0]?.id });
}

/** The pack of the clip's shot; for media the preferred one that takes given frames. */
function packFor({ document, work }: Studio, clip: Clip): Pack | undefined {
  const { packs } = work.getState();
  const own = shotOfClip(document.getState().project, clip, packs)?.pack;
  const able = packs.filter(({ manifest }) => manifest.capabilities.givenFrames);
  return own ?? able.find(({ isPreferred }) => isPreferred) ?? able[0];
}

/** What the shot says there; for media the name of its file, which a person then puts into words. */
function promptOf({ document }: Studio, { source }: Clip, where: 'beginning' | 'end'): string {
  const { project } = document.getState();
  if (source.kind === 'media') return project.media.get(source.mediaId)?.name ?? source.mediaId;
  const parts = project.shots.get(source.shotId)?.direction.prompts ?? [];
  return (where === 'end' ? parts.at(-1) : parts[0])?.prompt ?? '';
}
