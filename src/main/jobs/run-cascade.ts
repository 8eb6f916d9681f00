/**
 * From a shot to a clip: each stage is reused where its artifact is there, else made, one after the other. Any process may run the same
 * shot at the same time; whoever comes second waits for a stage and reuses it. Here a job is cancelled: `signal` reaches every wait.
 */
import type { PlannedStage } from '#engine/plan';
import { SluiceError } from '#shared/errors';
import type { Provider } from '#shared/inference-contract';
import type { Sha256 } from '#shared/units';
import type { Artifact } from '../artifacts/artifact-store';
import type { CascadeEvent, CascadeRequest, CascadeResult } from './cascade-job';
import type { CascadeServices } from './cascade-services';
import { importedKeys, keyStages, type KeyedStage } from './keyed-stages';
import { knownSpeed } from './known-speed';
import { requireMemory } from './memory-need';
import { makeRecipe } from './make-recipe';
import { makeStage, type StageWork } from './make-stage';
import { ProviderInUse } from './provider-in-use';
import { remainingSeconds, type RunningStage } from './remaining-time';

export class CascadeRun {
  private readonly stages: readonly [KeyedStage, ...KeyedStage[]];
  private readonly provider: ProviderInUse;
  /** Artifacts that this run relies on. */
  private readonly there = new Set<Sha256>();

  /** Throws what planning throws: `invalid-shot`, `pack-invalid`. */
  constructor(
    private readonly request: CascadeRequest,
    private readonly services: CascadeServices,
    private readonly signal: AbortSignal,
    private readonly onEvent: (event: CascadeEvent) => void,
  ) {
    this.stages = keyStages(request.pack, request.shot);
    this.provider = new ProviderInUse(services.providers, request, signal, onEvent);
  }

  /** Of every stage, in order. */
  get keys(): readonly Sha256[] {
    return this.stages.map(({ key }) => key);
  }

  /** Throws `out-of-memory` before anything runs where the memory setting cannot hold a stage; what `makeStage` throws, `artifact-missing` for frames that the shot names and nobody has, the cancellation. */
  async run(): Promise<CascadeResult> {
    this.signal.throwIfAborted();
    await this.announcePlan();
    const made = await this.makeUndamaged();
    const { pack, shot } = this.request;
    const recipe = makeRecipe(pack, shot, made, this.services.versions);
    const { artifact } = made[made.length - 1] ?? made[0];
    return { recipe, outputPath: artifact.path, outputKey: artifact.key };
  }

  private async announcePlan(): Promise<void> {
    const reused = [];
    const waiting = [];
    for (const { stage, key } of this.stages)
      if (await this.services.artifacts.has(key)) reused.push(stage.id);
      else waiting.push(stage);
    const stages = this.stages.map(({ stage }) => stage);
    requireMemory(this.request.pack.manifest, waiting, this.request.memoryBytes);
    const remainingSec = remainingSeconds(waiting, undefined, (stage) => this.knownSpeed(stage, undefined));
    this.onEvent({ kind: 'planned', stages, reused, remainingSec });
  }

  /** Damage shows when frames are read: then every stage is checked, and what is damaged is made again. */
  private async makeUndamaged(): Promise<readonly [Made, ...Made[]]> {
    for (let round = 0; ; round += 1) {
      try {
        const made = await this.makeAll();
        const last = made[made.length - 1] ?? made[0];
        if (!last.isReused || (await this.services.artifacts.verify(last.artifact.key))) return made;
      } catch (error) {
        if (!(await this.isDamage(error)) || round >= this.stages.length) throw error;
      }
    }
  }

  private async isDamage(error: unknown): Promise<boolean> {
    if (!(error instanceof SluiceError) || !['artifact-corrupt', 'artifact-missing'].includes(error.code)) return false;
    const isWhole = [];
    for (const key of this.there) isWhole.push(await this.services.artifacts.verify(key));
    for (const key of importedKeys(this.request.shot)) await this.services.artifacts.verify(key);
    this.there.clear();
    return isWhole.includes(false);
  }

  private async makeAll(): Promise<readonly [Made, ...Made[]]> {
    const [first, ...others] = this.stages;
    const made: [Made, ...Made[]] = [await this.reuseOrMake(first)];
    for (const keyed of others) made.push(await this.reuseOrMake(keyed));
    return made;
  }

  private async reuseOrMake(keyed: KeyedStage): Promise<Made> {
    this.signal.throwIfAborted();
    const { artifacts } = this.services;
    const { key } = keyed;
    const found = await artifacts.find(key);
    if (found !== undefined) return this.finished(keyed, found, 0, true);
    const startMs = performance.now();
    const lock = await artifacts.lock(key, this.signal, (holder) => this.waiting(keyed, holder));
    try {
      const meanwhile = await artifacts.find(key);
      if (meanwhile !== undefined) return this.finished(keyed, meanwhile, 0, true);
      const { services, provider, signal, onEvent } = this;
      const artifact = await makeStage(await this.workOf(keyed), { services, provider, signal, onEvent });
      return this.finished(keyed, artifact, (performance.now() - startMs) / 1000, false);
    } finally {
      await lock.release();
    }
  }

  private finished(keyed: KeyedStage, artifact: Artifact, seconds: number, isReused: boolean): Made {
    this.there.add(keyed.key);
    this.onEvent({ kind: 'stage-finished', stage: keyed.stage.id, key: keyed.key, seconds, reused: isReused });
    return { keyed, artifact, isReused };
  }

  private async workOf(keyed: KeyedStage): Promise<StageWork> {
    const { shot } = this.request;
    const given = [];
    for (const { given: index, frame, sourceFrame } of keyed.stage.given) {
      const source = shot.given[index]?.source.sha256;
      if (source === undefined)
        throw new SluiceError('internal', `The plan names given frames ${index}, the shot has none.`);
      given.push({ frame, path: await this.pathOf(source, keyed), sourceFrame });
    }
    const inputPath = keyed.inputKey === undefined ? undefined : await this.pathOf(keyed.inputKey, keyed);
    const waiting = this.stages.slice(this.stages.indexOf(keyed) + 1).map(({ stage }) => stage);
    return {
      keyed,
      request: this.request,
      ...(inputPath !== undefined && { inputPath }),
      given,
      remainingSec: (running, provider) => this.remaining(waiting, running, provider),
    };
  }

  private async pathOf(key: Sha256, neededBy: KeyedStage): Promise<string> {
    const artifact = (await this.services.artifacts.find(key)) ?? (await this.findUndisturbed(key, neededBy));
    if (artifact !== undefined) return artifact.path;
    throw new SluiceError(
      'artifact-missing',
      `The shot needs frames ${key}, which are not among the artifacts. Import the picture or the clip again.`,
      { details: { key } },
    );
  }

  /** Who removes an artifact takes it aside first, and puts it back where somebody turns out to need it: then it is there again. */
  private async findUndisturbed(key: Sha256, neededBy: KeyedStage): Promise<Artifact | undefined> {
    const { artifacts } = this.services;
    const lock = await artifacts.lock(key, this.signal, (holder) => this.waiting(neededBy, holder));
    try {
      return await artifacts.find(key);
    } finally {
      await lock.release();
    }
  }

  private waiting({ stage }: KeyedStage, holder: string): void {
    this.onEvent({ kind: 'waiting', stage: stage.id, holder });
  }

  private remaining(waiting: readonly PlannedStage[], running: RunningStage, provider: Provider): number | undefined {
    return remainingSeconds(waiting, running, (stage) => this.knownSpeed(stage, provider));
  }

  private knownSpeed(stage: PlannedStage, provider: Provider | undefined): number | undefined {
    return knownSpeed({ ...this.request, ...(provider && { provider }) }, this.services.speeds, stage);
  }
}

interface Made {
  readonly keyed: KeyedStage;
  readonly artifact: Artifact;
  readonly isReused: boolean;
}
