/** The way to the export dialog, with how far the present export is; says it when one has ended while the dialog is closed. */
import { Share } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ExportFacts } from '#shared/studio/exports';
import { CommandButton } from '../commands/CommandButton';
import { notify } from '../controls/notify';
import { baseName } from '../files/paths';
import type { Studio } from '../studio/studio';
import { useSay, useStudio } from '../studio/use-studio';
import { problemText } from '../studio/problem-text';
import type { Say } from '../text/text';
import styles from './export.module.css';
import { useExports } from './use-exports';

export function ExportButton() {
  const list = useExports();
  useEndings(list);
  return (
    <>
      <Running list={list} />
      <CommandButton id="export">
        <Share size={14} aria-hidden />
      </CommandButton>
    </>
  );
}

const runningWords = { edit: 'export.exporting', archive: 'projects.archiving' } as const;

function Running({ list }: { readonly list: readonly ExportFacts[] }) {
  const say = useSay();
  for (const { what, state } of list)
    if (state.kind === 'running')
      return (
        <span className={styles['share']} role="status">
          {say(runningWords[what], { percent: Math.floor(state.share * 100) })}
        </span>
      );
  return null;
}

/** Where the list is that they are in. */
const dialogOf = { edit: 'export', archive: 'projects' } as const;

/** A line for each export that ends while nobody looks at the list. */
function useEndings(list: readonly ExportFacts[]): void {
  const say = useSay();
  const studio = useStudio();
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const facts of list) {
      const { id, what, state } = facts;
      if (state.kind === 'waiting' || state.kind === 'running') open.current.add(id);
      else if (open.current.delete(id) && studio.dialogs.getState().open !== dialogOf[what]) tell(facts, say, studio);
    }
  }, [list, say, studio]);
}

function tell({ file, what, state }: ExportFacts, say: Say, studio: Studio): void {
  const name = baseName(file);
  const show = { label: say('export.show'), run: () => studio.dialogs.setState({ open: dialogOf[what] }) };
  if (state.kind === 'done') notify(say(what === 'archive' ? 'projects.archived' : 'export.isDone', { name }), show);
  if (state.kind === 'failed')
    notify(
      say(what === 'archive' ? 'projects.archiveFailed' : 'export.hasFailed', {
        name,
        reason: problemText(state.problem, say),
      }),
      show,
    );
}
