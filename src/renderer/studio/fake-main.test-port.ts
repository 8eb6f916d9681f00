/**
 * A main in memory, behind the channel's transport: keeps one project, undoes and redoes, reports ladders, and makes a base of nothing
 * but a moving gradient. For component tests; the studio itself only ever talks to the real one.
 */
import { service, type Service } from '#shared/channel/callee';
import { serve } from '#shared/channel/channel';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import type { Transport } from '#shared/channel/transport';
import { SluiceError } from '#shared/errors';
import type { PackManifest } from '#shared/pack-manifest';
import { changeBy, type Change } from '#shared/project/change';
import type { Edit } from '#shared/project/edit';
import { newEditId, type TakeId } from '#shared/project/ids';
import { projectJson, type Project } from '#shared/project/project';
import { hashOf } from '#shared/project/project.test-fixtures';
import { stageIdSchema } from '#shared/pack-manifest';
import type { MachineFacts } from '#shared/studio/application';
import { defaultSettings, type ChosenSettings, type Settings } from '#shared/studio/settings';
import type { JobEvent, QueueFacts } from '#shared/studio/jobs';
import { jobIdSchema } from '#shared/studio/job-id';
import { openIdSchema, type ProjectEventFacts, type SaveStateFacts } from '#shared/studio/projects';
import type { Ladder } from '#shared/studio/ladder';
import type { ImportArchiveEvent } from '#shared/studio/project-archives';
import type { StaleTake } from '#shared/studio/stale-takes';
import { studioContract } from '#shared/studio/studio-contract';
import { settingsWith } from './change-settings';

const open = openIdSchema.parse('open-0123456789abcdef');
const folder = '/projects/Test.sluice';

export class FakeMain {
  readonly requests: { readonly name: string; readonly payload: unknown }[] = [];
  /** The takes whose ladders it was asked for, each time. */
  readonly followed: (readonly TakeId[])[] = [];
  revision = 0;
  state: SaveStateFacts = { kind: 'saved' };
  /** The files that a person chooses when asked for some. */
  chosen: readonly string[] = [];
  /** Of every take. */
  ladder: Ladder = emptyLadder;
  /** Of the project. */
  stale: readonly StaleTake[] = [];
  settings: Settings = { ...defaultSettings, hasSeenTour: true };
  /** What it reports of the machine; until there is some it does not do that. */
  machine: MachineFacts | undefined;
  /** The folder that the window was opened for. */
  asked: string | undefined;
  #undo: Change[] = [];
  #redo: Change[] = [];
  readonly #listeners = new Set<(event: ProjectEventFacts) => void>();
  readonly #queues = new Set<(queue: QueueFacts) => void>();
  readonly #settings = new Set<(settings: Settings) => void>();
  readonly #jobs = new Set<(event: JobEvent) => void>();
  readonly #stale = new Set<(event: { takes: StaleTake[] }) => void>();
  readonly #archives = new Set<(event: ImportArchiveEvent) => void>();

  constructor(
    public project: Project,
    private readonly manifest: PackManifest,
  ) {}

  /** Opens a connection; for `openTransport`. */
  transport = (): Transport => {
    const { port1, port2 } = new MessageChannel();
    serve(messagePortTransport(port2), this.#service());
    return messagePortTransport(port1);
  };

  /** Whether a window listens to what jobs do. */
  get isHeard(): boolean {
    return this.#jobs.size > 0;
  }

  /** Whether an archive is being opened. */
  get isOpeningArchive(): boolean {
    return this.#archives.size > 0;
  }

  sayOfArchive(event: ImportArchiveEvent): void {
    for (const listener of this.#archives) listener(event);
  }
  /** As if main said it. */
  say(event: JobEvent): void {
    for (const listener of this.#jobs) listener(event);
  }
  /** As if another window had changed them. */
  showSettings(change: ChosenSettings): void {
    this.settings = settingsWith(this.settings, change, []);
    for (const listener of this.#settings) listener(this.settings);
  }
  showStale(takes: readonly StaleTake[]): void {
    this.stale = takes;
    for (const listener of this.#stale) listener({ takes: [...takes] });
  }
  showQueue(queue: QueueFacts): void {
    for (const listener of this.#queues) listener(queue);
  }

  get #stacks() {
    return { undo: this.#undo.at(-1)?.label ?? null, redo: this.#redo.at(-1)?.label ?? null };
  }

  get #snapshot() {
    const { revision, project } = this;
    return { project: projectJson(project), revision, stacks: this.#stacks, state: this.state };
  }

  #made(change: Change, by: 'edit' | 'undo' | 'redo', id = newEditId()): { revision: number; saved: boolean } {
    this.project = change.project;
    this.revision += 1;
    const patches = [...change.patches];
    for (const listener of this.#listeners)
      listener({
        kind: 'changed',
        revision: this.revision,
        by,
        id,
        label: change.label,
        patches,
        stacks: this.#stacks,
      });
    return { revision: this.revision, saved: true };
  }

  #takeBack(from: Change[], to: Change[], by: 'undo' | 'redo') {
    const last = from.pop();
    if (last === undefined) return Promise.resolve({ made: null });
    const change = changeBy(this.project, last.label, last.inversePatches);
    to.push(change);
    return Promise.resolve({ made: this.#made(change, by) });
  }

  #service(): Service {
    const { requests, streams } = studioContract;
    const { followed } = this;
    const ladder = (): Ladder => this.ladder;
    const archives = this.#archives;
    const refused = () => Promise.reject(new SluiceError('internal', 'The fake main does not do that.'));
    const noted = <Payload, Answer>(name: string, answer: (payload: Payload) => Promise<Answer>) => {
      return (payload: Payload): Promise<Answer> => {
        this.requests.push({ name, payload });
        return answer(payload);
      };
    };
    const others = Object.fromEntries(Object.keys(requests).map((name) => [name, noted(name, refused)]));
    const quiet = Object.fromEntries(Object.keys(streams).map((name) => [name, () => never()]));
    const packs = [
      {
        state: 'valid' as const,
        hash: hashOf('a'),
        manifest: this.manifest,
        directory: '/packs/test',
        origin: 'built-in' as const,
        sizeBytes: 1,
        isPreferred: true,
      },
    ];
    const handlers = {
      requests: {
        ...others,
        recentProjects: () =>
          Promise.resolve({
            projects: [{ folder, id: this.project.id, title: this.project.title, openedAt: '', exists: true }],
          }),
        opening: () => Promise.resolve({ folder: this.asked ?? null }),
        openProject: (request: { folder: string }) =>
          request.folder === folder
            ? Promise.resolve({ open, folder, ...this.#snapshot })
            : Promise.reject(new SluiceError('project-not-found', `There is no project at ${request.folder}.`)),
        applyEdit: noted('applyEdit', ({ edit }: { edit: Edit }) => {
          const change = changeBy(this.project, edit.label, edit.patches);
          this.#undo.push(change);
          this.#redo = [];
          return Promise.resolve(this.#made(change, 'edit', edit.id));
        }),
        undo: () => this.#takeBack(this.#undo, this.#redo, 'undo'),
        redo: () => this.#takeBack(this.#redo, this.#undo, 'redo'),
        changeSettings: noted('changeSettings', (change: { set: ChosenSettings; unset: (keyof ChosenSettings)[] }) => {
          this.settings = settingsWith(this.settings, change.set, change.unset);
          for (const listener of this.#settings) listener(this.settings);
          return Promise.resolve(this.settings);
        }),
        choosePaths: noted('choosePaths', () =>
          Promise.resolve(this.chosen.length > 0 ? { kind: 'chosen', paths: [...this.chosen] } : { kind: 'cancelled' }),
        ),
        machineReport: () => (this.machine === undefined ? refused() : Promise.resolve(this.machine)),
        prepareGeneration: noted('prepareGeneration', () => Promise.resolve({})),
        generate: noted('generate', () => Promise.resolve({ jobs: [] })),
        changeQueue: noted('changeQueue', () => Promise.resolve({})),
      },
      streams: {
        ...quiet,
        projectChanges: (_: unknown, signal: AbortSignal) => heard(this.#listeners, signal),
        settings: (_: unknown, signal: AbortSignal) => heard(this.#settings, signal, this.settings),
        packList: async function* () {
          yield { packs };
          yield* never();
        },
        queue: (_: unknown, signal: AbortSignal) => heard(this.#queues, signal),
        jobEvents: (_: unknown, signal: AbortSignal) => heard(this.#jobs, signal),
        importArchive: async function* (_: unknown, signal: AbortSignal) {
          for await (const event of heard(archives, signal)) {
            yield event;
            if (event.kind === 'imported') return;
          }
        },
        staleTakes: (_: unknown, signal: AbortSignal) => heard(this.#stale, signal, { takes: [...this.stale] }),
        ladders: async function* ({ takes }: { takes: TakeId[] }) {
          followed.push(takes);
          for (const takeId of takes) yield { takeId, ladder: ladder() };
          yield* never();
        },
      },
    };
    return service(
      studioContract,
      handlers as unknown as Parameters<typeof service<typeof requests, typeof streams>>[1],
    );
  }
}

export const emptyLadder: Ladder = {
  stages: ['base', 'tsr-6', 'ssr-48', 'ssr-192', 'tsr-12', 'tsr-24', 'ssr-768'].map((stage) => ({
    stage: stageIdSchema.parse(stage),
    state: { kind: 'empty' as const },
    key: hashOf('d'),
    seconds: 2,
    diskBytes: 1000,
  })),
};

export const someJob = jobIdSchema.parse('01234567-89ab-cdef-0123-456789abcdef');

async function* never(): AsyncIterable<never> {
  await new Promise(() => undefined);
  yield* [];
}

/** What is said from now on, until nobody listens. */
async function* heard<Event>(
  listeners: Set<(event: Event) => void>,
  signal: AbortSignal,
  ...first: Event[]
): AsyncIterable<Event> {
  const waiting = [...first];
  let wake: () => void = () => undefined;
  const listener = (event: Event): void => {
    waiting.push(event);
    wake();
  };
  listeners.add(listener);
  signal.addEventListener('abort', () => {
    listeners.delete(listener);
    wake();
  });
  while (!signal.aborted) {
    const next = waiting.shift();
    if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
    else yield next;
  }
}
