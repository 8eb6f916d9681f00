/** Commands of the transport. */
import { lengthFrames, nextCut } from '../timeline/model/project-length';
import { revealing } from '../timeline/model/scale';
import type { Studio } from '../studio/studio';
import { stillPreviews } from '../viewer/still-previews';
import { playedRange, shuttled } from '../viewer/shuttle';
import type { Command } from './command';

function goTo({ timeline }: Studio, frame: number): void {
  const { scale, width } = timeline.getState();
  const playhead = Math.max(0, frame);
  timeline.setState({ playhead, rate: 0, scale: width === 0 ? scale : revealing(scale, playhead, width) });
}

/** At the end it begins from the start again. */
function togglePlay({ document, timeline }: Studio): void {
  const { rate, playhead } = timeline.getState();
  if (rate !== 0) {
    timeline.setState({ rate: 0 });
    return;
  }
  const { project } = document.getState();
  const range = playedRange(project.range, lengthFrames(project));
  const isAtEnd = playhead >= range.outFrame - 1 || playhead < range.inFrame;
  timeline.setState({ rate: 1, ...(isAtEnd && { playhead: range.inFrame }) });
}

function shuttle(direction: 1 | -1) {
  return ({ timeline }: Studio): void => timeline.setState(({ rate }) => ({ rate: shuttled(rate, direction) }));
}

const step = (by: number) => (studio: Studio) => goTo(studio, Math.round(studio.timeline.getState().playhead) + by);

const cut = (direction: 1 | -1) => (studio: Studio) =>
  goTo(studio, nextCut(studio.document.getState().project, studio.timeline.getState().playhead, direction));

const transport: readonly Command[] = [
  { id: 'play', name: 'command.play', group: 'play', keys: ['Space'], run: togglePlay },
  { id: 'backward', name: 'command.backward', group: 'play', keys: ['KeyJ'], run: shuttle(-1) },
  {
    id: 'stop',
    name: 'command.stop',
    group: 'play',
    keys: ['KeyK'],
    run: ({ timeline }) => timeline.setState({ rate: 0 }),
  },
  { id: 'forward', name: 'command.forward', group: 'play', keys: ['KeyL'], run: shuttle(1) },
  { id: 'stepBack', name: 'command.stepBack', group: 'play', keys: ['ArrowLeft'], run: step(-1) },
  { id: 'stepForward', name: 'command.stepForward', group: 'play', keys: ['ArrowRight'], run: step(1) },
  { id: 'previousCut', name: 'command.previousCut', group: 'play', keys: ['ArrowUp'], run: cut(-1) },
  { id: 'nextCut', name: 'command.nextCut', group: 'play', keys: ['ArrowDown'], run: cut(1) },
  { id: 'toStart', name: 'command.toStart', group: 'play', keys: ['Home'], run: (studio) => goTo(studio, 0) },
  {
    id: 'toEnd',
    name: 'command.toEnd',
    group: 'play',
    keys: ['End'],
    run: (studio) => goTo(studio, lengthFrames(studio.document.getState().project) - 1),
  },
];

/** Whoever touches the transport wants to see the frame where the playhead is. */
const stilling = (command: Command): Command => ({
  ...command,
  run: (studio) => {
    stillPreviews(studio);
    command.run(studio);
  },
});

export const playCommands: readonly Command[] = [
  ...transport.map(stilling),
  {
    id: 'loop',
    name: 'command.loop',
    group: 'play',
    keys: ['Shift+KeyL'],
    run: ({ view }) => view.getState().set({ loop: !view.getState().loop }),
  },
];
