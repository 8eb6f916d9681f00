/** Commands that direct: rate takes, renew what is stale, extend and fill, and choose what the viewer shows. */
import { takesOfClips } from '#shared/project/takes-of-clips';
import { run, runStale } from '../generate/run';
import { runExtension, runFilling } from '../generate/run-extension';
import { upwards } from '../ladder/run-upwards';
import { changeQueue } from '../queue/change-queue';
import { selectedShot, type SelectedShot } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { rate, takesMeant, vary } from '../takes/act-on-takes';
import { show } from '../viewer/show';
import { fit, zoomStep, zoomTo } from '../viewer/zoom';
import type { Command } from './command';

/** Everything stale among the takes that the selection, or the whole project, shows. */
const renew =
  (what: 'selection' | 'project') =>
  (studio: Studio): void => {
    const { project } = studio.document.getState();
    const { selection } = studio.timeline.getState();
    void runStale(studio, what === 'selection' ? takesOfClips(project, selection) : undefined);
  };

const onShot =
  (act: (studio: Studio, selected: SelectedShot) => void) =>
  (studio: Studio): void => {
    const { project } = studio.document.getState();
    const selected = selectedShot(project, studio.timeline.getState().selection, studio.work.getState().packs);
    if (selected !== undefined) act(studio, selected);
  };

function toggleHold(studio: Studio): void {
  const { queue } = studio.work.getState();
  if (queue.kind === 'here') changeQueue(studio, { kind: queue.isHeld ? 'release' : 'hold' });
}

function cancelShot(studio: Studio, { take }: SelectedShot): void {
  const { queue } = studio.work.getState();
  if (queue.kind === 'elsewhere') return;
  const open = queue.jobs.filter(
    ({ target, state }) => target?.take === take.id && ['running', 'waiting', 'paused'].includes(state.kind),
  );
  for (const { id } of open) changeQueue(studio, { kind: 'cancel', id });
}

/** From the stage that is looked at, or from the base. */
function runUpwards(studio: Studio, { take, pack }: SelectedShot): void {
  const stages = pack?.manifest.stages ?? [];
  const stage = studio.timeline.getState().stage ?? stages[0]?.id;
  const reach = stage && upwards(stages, studio.work.getState().ladders.get(take.id), stage);
  if (reach !== undefined) void run(studio, [take.id], reach);
}

const zoomBy =
  (direction: 1 | -1) =>
  ({ looking }: Studio): void =>
    looking.setState(({ zoom }) => ({ zoom: zoomStep(zoom, direction) }));

const ratings = [0, 1, 2, 3, 4, 5] as const;

export const directingCommands: readonly Command[] = [
  ...ratings.map((rating): Command => ({
    id: `rate${rating}`,
    name: `command.rate${rating}`,
    group: 'generate',
    keys: [`Digit${rating}`],
    run: (studio) => rate(studio, takesMeant(studio), rating),
  })),
  {
    id: 'variations',
    name: 'command.variations',
    group: 'generate',
    keys: ['Alt+KeyT'],
    run: onShot((studio, { take, pack }) => {
      show(studio, 'takes');
      void vary(studio, take, 4, pack?.manifest.stages[0]?.id);
    }),
  },
  {
    id: 'runStaleSelected',
    name: 'command.runStaleSelected',
    group: 'generate',
    keys: ['KeyR'],
    run: renew('selection'),
  },
  {
    id: 'runStaleProject',
    name: 'command.runStaleProject',
    group: 'generate',
    keys: ['Shift+KeyR'],
    run: renew('project'),
  },
  { id: 'runUpwards', name: 'command.runUpwards', group: 'generate', keys: ['Alt+KeyG'], run: onShot(runUpwards) },
  { id: 'cancelShot', name: 'command.cancelShot', group: 'generate', keys: ['Shift+KeyX'], run: onShot(cancelShot) },
  { id: 'holdQueue', name: 'command.holdQueue', group: 'generate', keys: ['Shift+KeyH'], run: toggleHold },
  {
    id: 'extendForward',
    name: 'command.extendForward',
    group: 'generate',
    keys: ['KeyE'],
    run: (studio) => void runExtension(studio, 'forward'),
  },
  {
    id: 'extendBackward',
    name: 'command.extendBackward',
    group: 'generate',
    keys: ['Shift+KeyE'],
    run: (studio) => void runExtension(studio, 'backward'),
  },
  {
    id: 'fillGap',
    name: 'command.fillGap',
    group: 'generate',
    keys: ['KeyF'],
    run: (studio) => void runFilling(studio),
  },
  {
    id: 'showPicture',
    name: 'command.showPicture',
    group: 'view',
    keys: ['Alt+Digit1'],
    run: (studio) => show(studio, 'picture'),
  },
  {
    id: 'showLadder',
    name: 'command.showLadder',
    group: 'view',
    keys: ['Alt+Digit2'],
    run: (studio) => show(studio, 'ladder'),
  },
  {
    id: 'showTakes',
    name: 'command.showTakes',
    group: 'view',
    keys: ['Alt+Digit3'],
    run: (studio) => show(studio, 'takes'),
  },
  {
    id: 'showCompare',
    name: 'command.showCompare',
    group: 'view',
    keys: ['Alt+Digit4'],
    run: (studio) => show(studio, 'compare'),
  },
  { id: 'viewerZoomIn', name: 'command.viewerZoomIn', group: 'view', keys: ['Shift+Equal'], run: zoomBy(1) },
  { id: 'viewerZoomOut', name: 'command.viewerZoomOut', group: 'view', keys: ['Shift+Minus'], run: zoomBy(-1) },
  {
    id: 'viewerFit',
    name: 'command.viewerFit',
    group: 'view',
    keys: ['Shift+Digit0'],
    run: ({ looking }) => looking.setState({ zoom: fit }),
  },
  {
    id: 'viewerActual',
    name: 'command.viewerActual',
    group: 'view',
    keys: ['Shift+Digit1'],
    run: ({ looking }) => looking.setState({ zoom: zoomTo(1) }),
  },
  {
    id: 'viewerDouble',
    name: 'command.viewerDouble',
    group: 'view',
    keys: ['Shift+Digit2'],
    run: ({ looking }) => looking.setState({ zoom: zoomTo(2) }),
  },
];
