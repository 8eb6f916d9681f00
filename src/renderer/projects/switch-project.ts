/** Puts another project in the window, without a reload. What was open is closed when the other one is there, and stays where that fails. */
import type { OpenedProject } from '#shared/studio/projects';
import { fitTimeline } from '../commands/view-commands';
import type { StudioChannel } from '../studio/channel';
import type { Studio } from '../studio/studio';
import { nothingSelected } from '../timeline/model/selection';

/** @returns whether the window shows it now */
export async function switchProject(
  studio: Studio,
  open: (channel: StudioChannel) => Promise<OpenedProject>,
): Promise<boolean> {
  try {
    const channel = studio.channel();
    const opened = await open(channel);
    await studio.document.settled();
    const before = studio.document.getState().open;
    if (opened.open === before) return true;
    await leave(channel, before, opened);
    show(studio, opened);
    return true;
  } catch (error) {
    studio.report(error);
    return false;
  }
}

export function openFolder(studio: Studio, folder: string): Promise<boolean> {
  return switchProject(studio, (channel) => channel.request('openProject', { folder }));
}

/** What cannot be saved stays open: its edits would be lost. */
async function leave(channel: StudioChannel, before: OpenedProject['open'], opened: OpenedProject): Promise<void> {
  try {
    await channel.request('closeProject', { open: before });
  } catch (error) {
    await channel.request('closeProject', { open: opened.open });
    throw error;
  }
}

function show(studio: Studio, opened: OpenedProject): void {
  const { document, timeline } = studio;
  document.switched(opened);
  timeline.setState({
    selection: nothingSelected,
    opened: undefined,
    playhead: 0,
    rate: 0,
    clipboard: [],
    stage: undefined,
  });
  fitTimeline(studio);
}
