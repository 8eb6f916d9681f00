/** The way to the export dialog, with how far the present export is; says it when one has ended while the dialog is closed. */
import { Share } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ExportFacts, ExportState } from '#shared/studio/exports';
import { CommandButton } from '../commands/CommandButton';
import { notify } from '../controls/notify';
import { baseName } from '../files/paths';
import { useSay, useStudio } from '../studio/use-studio';
import type { Say } from '../text/text';
import styles from './export.module.css';
import { useExports } from './use-exports';

export function ExportButton() {
  const say = useSay();
  const list = useExports();
  useEndings(list);
  const running = list.find(({ state }) => state.kind === 'running')?.state;
  return (
    <>
      {running?.kind === 'running' && (
        <span className={styles['share']} role="status">
          {say('export.exporting', { percent: Math.floor(running.share * 100) })}
        </span>
      )}
      <CommandButton id="export">
        <Share size={14} aria-hidden />
      </CommandButton>
    </>
  );
}

/** A line for each export that ends while nobody looks at the list. */
function useEndings(list: readonly ExportFacts[]): void {
  const say = useSay();
  const studio = useStudio();
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, file, state } of list) {
      if (state.kind === 'waiting' || state.kind === 'running') open.current.add(id);
      else if (open.current.delete(id) && studio.dialogs.getState().open !== 'export') tell(file, state, say, studio);
    }
  }, [list, say, studio]);
}

function tell(file: string, state: ExportState, say: Say, studio: ReturnType<typeof useStudio>): void {
  const name = baseName(file);
  const show = { label: say('export.show'), run: () => studio.dialogs.setState({ open: 'export' }) };
  if (state.kind === 'done') notify(say('export.isDone', { name }), show);
  if (state.kind === 'failed') notify(say('export.hasFailed', { name, reason: state.problem.message }), show);
}
