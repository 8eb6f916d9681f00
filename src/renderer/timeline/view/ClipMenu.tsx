/** The menu of what lies under the pointer: clips, a gap, or nothing. Its entries are commands, and work on what is selected. */
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import { useShownKeys } from '../../commands/use-shown-keys';
import { commands } from '../../commands/table';
import { ContextMenu, type MenuItem } from '../../controls/ContextMenu';
import type { Studio } from '../../studio/studio';
import { useSay, useStudio } from '../../studio/use-studio';
import { hitTest } from '../model/hit-test';
import type { Row } from '../model/rows';
import { nothingSelected } from '../model/selection';
import styles from './timeline.module.css';

type Under = 'clip' | 'gap' | 'nothing';

const offered: Readonly<Record<Under, readonly (readonly string[])[]>> = {
  clip: [
    ['ladder', 'split', 'dissolve', 'removeDissolve', 'fadeInHere', 'fadeOutHere', 'normalSpeed'],
    ['cut', 'copy', 'paste', 'duplicate'],
    ['selectForward', 'zoomSelection', 'superResolve'],
    ['rippleDelete', 'delete'],
  ],
  gap: [
    ['closeGap', 'paste'],
    ['addMarker', 'zoomFit'],
  ],
  nothing: [
    ['paste', 'addMarker'],
    ['addTrack', 'addSoundTrack'],
    ['selectAll', 'zoomFit'],
  ],
};

interface Props {
  readonly rows: readonly Row[];
  readonly children: ReactElement;
}

export function ClipMenu({ rows, children }: Props) {
  const say = useSay();
  const studio = useStudio();
  const shownKeys = useShownKeys();
  const [under, setUnder] = useState<Under>('nothing');
  const groups = useMemo(
    () =>
      offered[under].map((ids) =>
        ids.flatMap((id): MenuItem[] => {
          const command = commands.find((each) => each.id === id);
          if (command === undefined) return [];
          const { name, run } = command;
          return [{ id, label: say(name), keys: shownKeys(command), run: () => run(studio) }];
        }),
      ),
    [under, say, studio, shownKeys],
  );
  const onContextMenu = useCallback(
    (event: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }) =>
      setUnder(chosenUnder(studio, rows, event)),
    [studio, rows],
  );
  return (
    <ContextMenu groups={groups}>
      <div className={styles['menuArea']} onContextMenuCapture={onContextMenu}>
        {children}
      </div>
    </ContextMenu>
  );
}

/** What is under the pointer, selected where it was not; by the menu key, what is selected already. */
function chosenUnder(
  { document, timeline }: Studio,
  rows: readonly Row[],
  {
    clientX,
    clientY,
    currentTarget,
  }: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element },
): Under {
  const { project } = document.getState();
  const { scale, selection } = timeline.getState();
  const box = currentTarget.getBoundingClientRect();
  const hit = hitTest(project, rows, scale, clientX - box.left, clientY - box.top);
  if ('clip' in hit) {
    if (!selection.has(hit.clip.id)) timeline.setState({ selection: new Set([hit.clip.id]), gap: undefined });
    return 'clip';
  }
  if (hit.kind === 'gap') {
    timeline.setState({ gap: hit.gap, selection: nothingSelected, track: hit.gap.trackId });
    return 'gap';
  }
  return 'nothing';
}
