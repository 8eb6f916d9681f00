/** Commands that make pictures. */
import { run, runNewTake } from '../generate/run';
import { promptInputId } from '../generate/prompt-input';
import { selectedShot, type SelectedShot } from '../studio/selected';
import type { Studio } from '../studio/studio';
import type { Command } from './command';

function onShot(act: (studio: Studio, selected: SelectedShot) => void) {
  return (studio: Studio): void => {
    const { project } = studio.document.getState();
    const selected = selectedShot(project, studio.timeline.getState().selection, studio.work.getState().packs);
    if (selected !== undefined) act(studio, selected);
  };
}

export const generateCommands: readonly Command[] = [
  {
    id: 'prompt',
    name: 'command.prompt',
    group: 'generate',
    keys: ['KeyP'],
    run: () => document.getElementById(promptInputId)?.focus(),
  },
  {
    id: 'runBase',
    name: 'command.runBase',
    group: 'generate',
    keys: ['KeyG'],
    run: onShot((studio, { take, pack }) => {
      const base = pack?.manifest.stages[0]?.id;
      if (base !== undefined) void run(studio, [take.id], { upTo: base });
    }),
  },
  {
    id: 'runAll',
    name: 'command.runAll',
    group: 'generate',
    keys: ['Shift+KeyG'],
    run: onShot((studio, { take, pack }) => {
      const last = pack?.manifest.stages.at(-1)?.id;
      if (last !== undefined) void run(studio, [take.id], { upTo: last });
    }),
  },
  {
    id: 'newTake',
    name: 'command.newTake',
    group: 'generate',
    keys: ['Shift+KeyT'],
    run: onShot((studio, { take, pack }) => void runNewTake(studio, take.id, pack?.manifest.stages[0]?.id)),
  },
];
