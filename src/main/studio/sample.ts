/**
 * The sample project: what a new person sees first, moving. Its films come with the program and stand for a stage of the preferred
 * pack, so that everything can be tried on them, from looking to running the stages above.
 */
import path from 'node:path';
import { z } from 'zod';
import { SluiceError } from '#shared/errors';
import { inOneStep, type Change } from '#shared/project/change';
import { endFrame, type Clip } from '#shared/project/clip';
import { addShot } from '#shared/project/edits/shots';
import { setDissolve } from '#shared/project/edits/dissolve';
import { newClipId, newEditId, newShotId, newTakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { directionSchema, type ProjectShot, type Take } from '#shared/project/project-shot';
import { nameSchema } from '#shared/project/text';
import { normalSpeed } from '#shared/project/time';
import type { Shot } from '#shared/shot';
import type { sampleSchema } from '#shared/studio/project-library';
import { readJsonFile } from '../files/json-file';
import { bringStartClip } from '../media/bring-frames';
import type { Pack } from '../packs/pack';
import type { OpenProject } from '../projects/open-project';
import { projectsFolder, type StudioParts } from './studio';

const filmSchema = z.strictObject({
  /** In the folder of the sample. */
  file: z.string().regex(/^[a-z0-9-]+\.mp4$/),
  prompt: nameSchema,
  seed: z.int().nonnegative(),
  /** Drawn by a program, not by a model: its shot says so. */
  isDrawn: z.boolean(),
});
type SampleFilm = z.infer<typeof filmSchema>;
type SampleWords = z.infer<typeof sampleSchema>;

const sampleFileSchema = z.strictObject({ films: z.array(filmSchema).min(1).max(8) });

const dissolveFrames = 12;

/**
 * Throws `invalid-argument` where no sample came with the program, `pack-not-found`, `ffmpeg-missing`, `disk-full`,
 * `disk-read-only`, the reason of `signal`.
 */
export async function createSample(parts: StudioParts, words: SampleWords, signal: AbortSignal): Promise<OpenProject> {
  const { sampleFolder: folder, projects } = parts;
  const found =
    folder === undefined ? undefined : await readJsonFile(path.join(folder, 'sample.json'), sampleFileSchema);
  if (folder === undefined || found?.kind !== 'read')
    throw new SluiceError('invalid-argument', 'No sample came with this program: begin with a new project.');
  const pack = await parts.packs.preferred();
  const shots: SampleShot[] = [];
  for (const film of found.value.films) shots.push(await sampleShot(parts, pack, { folder, film, words, signal }));
  const project = await projects.store.create(await projectsFolder(parts), titleOf(found.value, words), shapeOf(pack));
  try {
    const { label, patches } = filled(project.project, shots);
    await project.record({ id: newEditId(), label, patches: [...patches] });
    return project;
  } catch (error) {
    await project.close();
    throw error;
  }
}

interface SampleShot {
  readonly shot: ProjectShot;
  readonly take: Take;
}

interface Film {
  readonly folder: string;
  readonly film: SampleFilm;
  readonly words: SampleWords;
  readonly signal: AbortSignal;
}

async function sampleShot(parts: StudioParts, pack: Pack, { folder, film, words, signal }: Film): Promise<SampleShot> {
  const { manifest, hash } = pack;
  const last = manifest.stages.at(-1);
  if (last === undefined) throw new SluiceError('pack-invalid', 'A pack without stages makes no clip.');
  const startFrom = await broughtFilm(parts, pack, path.join(folder, film.file), signal);
  const shot: ProjectShot = {
    id: newShotId(),
    name: nameSchema.parse(film.isDrawn ? `${words.drawn}: ${film.prompt}` : film.prompt),
    packHash: hash,
    frames: last.output.frames,
    frameRate: { num: last.output.fps, den: 1 },
    direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt: film.prompt }], startFrom }),
  };
  const take = { id: newTakeId(), shotId: shot.id, number: 1, seed: film.seed, stages: {}, rating: 0, made: [] };
  return { shot, take };
}

/** It stands for the stage before the last one, which is left to be run. */
function broughtFilm(
  { jobs, sluice }: StudioParts,
  { manifest }: Pack,
  file: string,
  signal: AbortSignal,
): Promise<Shot['startFrom']> {
  const stage = (manifest.stages.at(-2) ?? manifest.stages.at(-1))?.id;
  const context = { artifacts: jobs.artifacts, manifest, ffmpegPath: () => sluice.ffmpeg().path, signal };
  return bringStartClip(context, file, stage);
}

function titleOf({ films }: z.infer<typeof sampleFileSchema>, { title, drawnTitle }: SampleWords): string {
  return films.some(({ isDrawn }) => isDrawn) ? drawnTitle : title;
}

function shapeOf({ manifest }: Pack): Pick<Project, 'size' | 'frameRate'> {
  const last = manifest.stages.at(-1)?.output ?? { height: 768, width: 1280, fps: 24 };
  return { size: { height: last.height, width: last.width }, frameRate: { num: last.fps, den: 1 } };
}

/** All shots one after the other on the lowest video track, each dissolving into the next. */
function filled(project: Project, shots: readonly SampleShot[]): Change {
  const track = project.trackOrder.find((id) => project.tracks.get(id)?.kind === 'video');
  if (track === undefined) throw new SluiceError('internal', 'A new project has a video track.');
  const clips = shots.map(() => newClipId());
  const placed = shots.map(({ shot, take }, index) => (at: Project) => {
    const startFrame = Math.max(0, ...[...at.clips.values()].map(endFrame));
    const id = clips[index] ?? newClipId();
    return addShot(at, { shot, takes: [take], clip: clipOf(shot, take, { id, trackId: track, startFrame }) });
  });
  const dissolved = clips.slice(1).map((clipId) => (at: Project) => {
    return setDissolve(at, { clipId, frames: dissolveFrames, by: 'ripple' });
  });
  return inOneStep(project, 'add-shot', [...placed, ...dissolved]);
}

function clipOf(shot: ProjectShot, take: Take, place: Pick<Clip, 'id' | 'trackId' | 'startFrame'>): Clip {
  return {
    ...place,
    lengthFrames: shot.frames,
    inFrame: 0,
    speed: normalSpeed,
    opacity: 1,
    volume: 1,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    dissolveInFrames: 0,
    source: { kind: 'shot', shotId: shot.id, takeId: take.id },
  };
}
