/**
 * The studio of one window: the stores its components read, the channel they act through. Opens the project that was open last, or
 * a new one, and finds everything again after the connection was lost.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { connect } from '#shared/channel/channel';
import { defaultSettings, type Settings } from '#shared/studio/settings';
import type { PackEntry } from '#shared/studio/packs';
import { studioContract } from '#shared/studio/studio-contract';
import type { OpenedProject } from '#shared/studio/projects';
import { followKeyLabels, type KeyLabels } from '../commands/key-labels';
import type { ViewStore } from '../view-state/view-store';
import type { OpenTransport, StudioChannel } from './channel';
import { newDialogStore, type DialogStore } from './dialogs';
import { unlessLost } from './loss';
import { openDocument, type DocumentStore, type OnProblem } from './document-store';
import { openFirstProject, showOff, type Beginning } from './first-project';
import { followLadders } from './follow-ladders';
import { followStale } from './follow-stale';
import { followLooks } from './looks';
import { followMedia } from '../media/follow-media';
import { newMediaStore, type MediaStore } from '../media/media-store';
import { newLookingStore, type LookingStore } from '../viewer/looking';
import { newSeenTakesStore, type SeenTakesStore } from './seen-takes';
import { newTimelineStore, type TimelineStore } from './timeline-store';
import { rememberProject } from './window-project';
import { newWorkStore, takeJobEvent, takeQueue, type WorkStore } from './work-store';

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost'; readonly because: unknown; readonly attempt: number };

export interface Studio {
  /** The present one; changes when the connection is made anew. */
  channel(): StudioChannel;
  readonly connection: StoreApi<Connection>;
  readonly document: DocumentStore;
  readonly timeline: TimelineStore;
  /** What the viewer shows. */
  readonly looking: LookingStore;
  /** Takes that lists have in sight. */
  readonly seen: SeenTakesStore;
  readonly work: WorkStore;
  /** Imported media. */
  readonly media: MediaStore;
  readonly view: ViewStore;
  /** As main keeps them; changed through `changeSettings`. */
  readonly settings: StoreApi<Settings>;
  readonly dialogs: DialogStore;
  /** What is printed on this person's keys. */
  readonly keyLabels: StoreApi<{ readonly labels: KeyLabels }>;
  /** Says what went wrong. What was merely lost is no problem: whoever asked need not look. */
  readonly report: OnProblem;
}

const retryMs = [250, 500, 1000, 2000, 4000];

export async function openStudio(
  openTransport: OpenTransport,
  view: ViewStore,
  beginning: Beginning,
  onProblem: OnProblem,
): Promise<Studio> {
  const report = unlessLost(onProblem);
  let channel = connect(openTransport(), studioContract);
  const { opened, isFirst } = await openFirstProject(channel, beginning);
  const connection = createStore<Connection>()(() => ({ kind: 'connected' }));
  const document = openDocument(channel, opened, report);
  const studio: Studio = {
    channel: () => channel,
    connection,
    document,
    timeline: newTimelineStore(),
    looking: newLookingStore(),
    seen: newSeenTakesStore(),
    work: newWorkStore(),
    media: newMediaStore(),
    view,
    settings: createStore<Settings>()(() => defaultSettings),
    dialogs: newDialogStore(),
    keyLabels: createStore<{ readonly labels: KeyLabels }>()(() => ({ labels: new Map() })),
    report,
  };
  if (isFirst) showOff(studio);
  followLadders(studio);
  followStale(studio);
  followMedia(studio);
  followLooks(studio);
  followKeyLabels(studio.keyLabels);
  rememberProject(document);
  followMain(studio, channel);
  void keepConnected();
  return studio;

  async function keepConnected(): Promise<void> {
    for (;;) {
      const reason = await channel.closed;
      const next = await reconnect(openTransport, connection, reason, document.getState().folder);
      channel = next.channel;
      document.reconnected(channel, next.opened);
      followMain(studio, channel);
      connection.setState({ kind: 'connected' }, true);
    }
  }
}

async function reconnect(
  openTransport: OpenTransport,
  connection: StoreApi<Connection>,
  lostBecause: unknown,
  folder: string,
): Promise<{ readonly channel: StudioChannel; readonly opened: OpenedProject }> {
  let because = lostBecause;
  for (let attempt = 1; ; attempt += 1) {
    connection.setState({ kind: 'lost', because, attempt }, true);
    await new Promise((resolve) => setTimeout(resolve, retryMs[Math.min(attempt, retryMs.length) - 1]));
    const channel: StudioChannel = connect(openTransport(), studioContract);
    try {
      return { channel, opened: await channel.request('openProject', { folder }) };
    } catch (error) {
      because = error;
      channel.close();
    }
  }
}

function isValid(pack: PackEntry): pack is Extract<PackEntry, { state: 'valid' }> {
  return pack.state === 'valid';
}

/** Streams end with their channel; whoever connects again begins them again. */
function followMain(studio: Studio, channel: StudioChannel): void {
  const { work, report } = studio;
  const follow = async <Event>(events: AsyncIterable<Event>, take: (event: Event) => void): Promise<void> => {
    try {
      for await (const event of events) take(event);
    } catch (error) {
      report(error);
    }
  };
  void follow(channel.stream('queue', {}), (queue) => work.setState((state) => takeQueue(state, queue)));
  void follow(channel.stream('jobEvents', {}), (event) => work.setState((state) => takeJobEvent(state, event)));
  void follow(channel.stream('settings', {}), (settings) => studio.settings.setState(settings, true));
  void follow(channel.stream('packList', {}), ({ packs }) =>
    work.setState({ packs: packs.filter(isValid), arePacksKnown: true }),
  );
}
