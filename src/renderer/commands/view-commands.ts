/** Commands that change how things look, and nothing else. */
import { xOf, zoomedAt } from '../timeline/model/scale';
import { wholeInSight } from '../timeline/model/whole';
import type { Tool } from '../timeline/gestures/choose';
import { changeLooks } from '../studio/looks';
import { selectedClip } from '../studio/selected';
import type { Studio } from '../studio/studio';
import type { Command } from './command';

/** Around the playhead where it can be seen, else around the middle. */
const zoom =
  (factor: number) =>
  ({ timeline }: Studio): void =>
    timeline.setState(({ scale, width, playhead }) => {
      const x = xOf(scale, playhead);
      return { scale: zoomedAt(scale, factor, x >= 0 && x <= width ? x : width / 2) };
    });

const take =
  (tool: Tool) =>
  ({ timeline }: Studio): void =>
    timeline.setState({ tool });

function toggleLadder({ document, timeline }: Studio): void {
  const { selection, opened } = timeline.getState();
  const clip = selectedClip(document.getState().project, selection);
  if (clip?.source.kind === 'shot') timeline.setState({ opened: opened === clip.id ? undefined : clip.id });
}

export function fitTimeline({ document, timeline }: Studio): void {
  const { project } = document.getState();
  timeline.setState(({ width }) => ({ scale: wholeInSight(project, width) }));
}

export const viewCommands: readonly Command[] = [
  { id: 'ladder', name: 'command.ladder', group: 'view', keys: ['Enter'], run: toggleLadder },
  { id: 'zoomIn', name: 'command.zoomIn', group: 'view', keys: ['Equal'], run: zoom(1.5) },
  { id: 'zoomOut', name: 'command.zoomOut', group: 'view', keys: ['Minus'], run: zoom(1 / 1.5) },
  { id: 'zoomFit', name: 'command.zoomFit', group: 'view', keys: ['Shift+KeyZ'], run: fitTimeline },
  {
    id: 'snap',
    name: 'command.snap',
    group: 'view',
    keys: ['KeyN'],
    run: ({ view }) => view.getState().set({ snapping: !view.getState().snapping }),
  },
  { id: 'toolSelect', name: 'command.toolSelect', group: 'view', keys: ['KeyA'], run: take('select') },
  { id: 'toolRipple', name: 'command.toolRipple', group: 'view', keys: ['KeyB'], run: take('ripple') },
  { id: 'toolRoll', name: 'command.toolRoll', group: 'view', keys: ['KeyT'], run: take('roll') },
  { id: 'toolSlip', name: 'command.toolSlip', group: 'view', keys: ['KeyY'], run: take('slip') },
  {
    id: 'theme',
    name: 'command.theme',
    group: 'view',
    keys: [],
    run: (studio) => changeLooks(studio, { theme: studio.view.getState().theme === 'dark' ? 'light' : 'dark' }),
  },
];
