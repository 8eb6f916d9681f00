/** Where the media of an open project stand: looked for when the project is opened, when media come or move, and when somebody asks. */
import { setTimeout as wait } from 'node:timers/promises';
import { isCancellation } from '#shared/errors';
import type { Media } from '#shared/project/media';
import type { MediaFileState, MediaStanding } from '#shared/studio/media';
import type { OpenProject } from '../projects/open-project';
import { Alarm } from './follow';
import { playedParts, type MediaShelf } from './media-shelf';

/** Several changes within a blink are shown as one. */
const blinkMs = 80;

/** The standing of all of them, and then whenever that changes. */
export async function* followMedia(
  project: OpenProject,
  shelf: MediaShelf,
  asked: (listener: () => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<readonly MediaStanding[]> {
  const alarm = new Alarm(signal);
  const watch = new MediaWatch(project, shelf, () => alarm.ring(), signal);
  const stops = [
    project.subscribe((event) => event.kind === 'changed' && watch.look()),
    shelf.preparations.states.watch(() => alarm.ring()),
    asked(() => watch.lookAgain()),
  ];
  let sent = '';
  try {
    watch.look();
    while (!signal.aborted) {
      const standings = watch.standings();
      const text = JSON.stringify(standings);
      if (text !== sent) yield standings;
      sent = text;
      await alarm.rings();
      await wait(blinkMs, undefined, { signal }).catch(ignoreCancellation);
    }
  } finally {
    for (const stop of stops) stop();
  }
}

interface Looked {
  readonly media: Media;
  state: MediaFileState;
  isFlat?: boolean;
}

class MediaWatch {
  private readonly looked = new Map<string, Looked>();
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly project: OpenProject,
    private readonly shelf: MediaShelf,
    private readonly onChange: () => void,
    private readonly signal: AbortSignal,
  ) {}

  standings(): readonly MediaStanding[] {
    return [...this.project.project.media.values()].map((media) => this.standingOf(media));
  }

  /** For media that are new, or lie elsewhere. */
  look(): void {
    for (const media of this.project.project.media.values()) {
      const known = this.looked.get(media.id)?.media;
      if (known?.pathHint === media.pathHint && known.sha256 === media.sha256) continue;
      this.enqueue({ media, state: { kind: 'checking', share: 0 } });
    }
    this.onChange();
  }

  lookAgain(): void {
    for (const { media, state } of [...this.looked.values()])
      if (state.kind === 'missing') this.enqueue({ media, state: { kind: 'checking', share: 0 } });
    this.onChange();
  }

  private enqueue(looked: Looked): void {
    this.looked.set(looked.media.id, looked);
    this.turn = this.turn.then(() => this.lookFor(looked)).catch(ignoreCancellation);
  }

  private async lookFor(looked: Looked): Promise<void> {
    const { media } = looked;
    if (this.looked.get(media.id) !== looked) return;
    const onProgress = (share: number): void => {
      looked.state = { kind: 'checking', share };
      this.onChange();
    };
    looked.state = await this.shelf.find(media, this.project.directory, onProgress, this.signal);
    this.onChange();
    looked.isFlat = await this.shelf.isFlat(media);
    this.onChange();
    if (looked.state.kind === 'here') await this.shelf.prepare(media, looked.state.path);
  }

  private standingOf(media: Media): MediaStanding {
    const { preparations } = this.shelf;
    const { state: file, isFlat = false }: Omit<Looked, 'media'> = this.looked.get(media.id) ?? {
      state: { kind: 'checking', share: 0 },
    };
    const standing: MediaStanding = { mediaId: media.id, file, ...(isFlat && { isFlat }) };
    for (const part of playedParts(media)) standing[part] = preparations.stateOf(media.sha256, part);
    return standing;
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
