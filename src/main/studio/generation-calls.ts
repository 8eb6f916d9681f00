/** Generation: what it would cost, running it, the queue, and what jobs tell. */
import type { QueuedRequest } from '../jobs/queue/queue-state';
import { bringGiven, bringStart, type Bringing } from './generation-bring';
import type { Calls, Streams } from './calls';
import { QueueEstimates } from './generation-estimates';
import { followLadders } from './ladder-watch';
import { meansOf } from './means';
import type { User } from './open-projects';
import { followStaleTakes } from './stale-watch';
import type { StudioParts } from './studio';
import { brokenLadder, restingLadder } from './take-ladder';
import { shotToRun, takeIn, type Reach } from './take-request';
import type { OpenProject } from '../projects/open-project';
import type { TakeId } from '#shared/project/ids';
import type { OpenId } from '#shared/studio/projects';
import type { Sha256 } from '#shared/units';

type GenerationCalls = Calls<
  'estimate' | 'bringGiven' | 'bringStart' | 'prepareGeneration' | 'generate' | 'changeQueue'
>;

export function generationCalls(parts: StudioParts, user: User): GenerationCalls {
  const { jobs, packs, projects, settings, generation } = parts;
  const bringing = async (open: OpenId, packHash: Sha256, signal: AbortSignal): Promise<Bringing> => {
    const { project } = projects.of(open, user);
    return { parts, project, pack: await packs.get(packHash), signal };
  };
  return {
    estimate: async ({ packHash, shot }) => {
      try {
        const pack = await packs.get(packHash);
        const inputs = { pack, shot, made: [], means: meansOf(settings.value), services: jobs.services };
        return await restingLadder(inputs);
      } catch (error) {
        return brokenLadder(error);
      }
    },
    bringGiven: async ({ open, packHash, source, frames }, signal) =>
      bringGiven(await bringing(open, packHash, signal), source, frames),
    bringStart: async ({ open, packHash, source, stage }, signal) =>
      bringStart(await bringing(open, packHash, signal), source, stage),
    prepareGeneration: async ({ packHash }, signal) => {
      if (generation.isIdle)
        await jobs.prepare({ pack: await packs.get(packHash), ...meansOf(settings.value) }, signal);
      return {};
    },
    generate: async ({ open, takes, upTo, from }) => {
      const { project } = projects.of(open, user);
      const requests: QueuedRequest[] = [];
      for (const take of takes) requests.push(await requestFor(parts, project, take, { upTo, from }));
      return { jobs: [...(await generation.add(requests))] };
    },
    changeQueue: async (action) => {
      await generation.act(action);
      return {};
    },
  };
}

export function generationStreams(
  parts: StudioParts,
  user: User,
): Streams<'ladders' | 'staleTakes' | 'queue' | 'jobEvents'> {
  const { jobs, packs, projects, settings, generation, news } = parts;
  const sources = { packs, services: jobs.services, generation, news, means: () => meansOf(settings.value) };
  return {
    ladders: async function* ({ open, takes }, signal) {
      yield* followLadders(projects.of(open, user).project, takes, sources, signal);
    },
    staleTakes: async function* ({ open }, signal) {
      yield* followStaleTakes(projects.of(open, user).project, sources, signal);
    },
    queue: async function* (_, signal) {
      await generation.open();
      const estimates = new QueueEstimates(packs, jobs.services);
      for await (const standing of generation.standing.follow(signal)) yield await estimates.facts(standing);
    },
    jobEvents: (_, signal) => news.follow(signal),
  };
}

async function requestFor(
  { packs, jobs, settings }: StudioParts,
  project: OpenProject,
  takeId: TakeId,
  reach: Reach,
): Promise<QueuedRequest> {
  const { take, shot } = takeIn(project, takeId);
  const pack = await packs.get(shot.packHash);
  const target = { folder: project.directory, project: project.project.id, shot: shot.id, take: take.id };
  return {
    packHash: pack.hash,
    shot: await shotToRun({ pack, shot, take }, reach, jobs.artifacts),
    ...meansOf(settings.value),
    target,
  };
}
