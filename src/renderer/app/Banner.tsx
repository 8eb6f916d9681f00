/** What must be known about the open project and what makes its shots, across the window, with what can be done about it. Nothing where all is well. */
import { useState, type ReactNode } from 'react';
import type { SaveStateFacts } from '#shared/studio/projects';
import { Button } from '../controls/Button';
import { choosePaths } from '../files/choose-paths';
import { duplicate } from '../projects/act-on-projects';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import { problemText } from '../studio/problem-text';
import styles from './app.module.css';

export function Banner() {
  const state = useDocument((document) => document.state);
  const hasNoPack = useWork(({ arePacksKnown, packs }) => arePacksKnown && packs.length === 0);
  if (state.kind === 'read-only') return <ReadOnly />;
  if (state.kind === 'unsaved') return <Unsaved state={state} />;
  return hasNoPack ? <NoPack /> : null;
}

/** Nothing can be made: the prompt bar says so, this leads to where packs are installed. */
function NoPack() {
  const say = useSay();
  const { dialogs } = useStudio();
  return (
    <Bar words={say('banner.noPack')}>
      <Button onClick={() => dialogs.setState({ open: 'packs' })}>{say('banner.packs')}</Button>
    </Bar>
  );
}

/** Another process has it open: it can be looked at, and copied. */
function ReadOnly() {
  const say = useSay();
  const studio = useStudio();
  const title = useDocument(({ project }) => project.title);
  const folder = useDocument((document) => document.folder);
  const [isCopying, setCopying] = useState(false);
  const copy = (): void => {
    setCopying(true);
    void duplicate(studio, folder, say('projects.copyOf', { title })).finally(() => setCopying(false));
  };
  return (
    <Bar words={say('banner.readOnly', { title })}>
      <Button disabled={isCopying} onClick={copy}>
        {say('banner.copy')}
      </Button>
    </Bar>
  );
}

/** Edits are in memory only: the disk is full, or the folder cannot be written. */
function Unsaved({ state: { edits, problem } }: { readonly state: Extract<SaveStateFacts, { kind: 'unsaved' }> }) {
  const say = useSay();
  const studio = useStudio();
  const folder = useDocument((document) => document.folder);
  const { open } = studio.document.getState();
  const attempt = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      studio.report(error);
    }
  };
  const saveElsewhere = async (): Promise<void> => {
    const [path] = await choosePaths(studio, { kind: 'save', title: say('banner.saveAs'), startIn: folder });
    if (path !== undefined) await attempt(() => studio.channel().request('saveProjectAs', { open, folder: path }));
  };
  return (
    <Bar words={say('banner.unsaved', { count: edits, reason: problemText(problem, say) })} isGrave>
      <Button onClick={() => void attempt(() => studio.channel().request('retrySave', { open }))}>
        {say('banner.retry')}
      </Button>
      <Button onClick={() => void saveElsewhere()}>{say('banner.saveAs')}</Button>
    </Bar>
  );
}

interface BarProps {
  readonly words: string;
  readonly isGrave?: boolean;
  readonly children: ReactNode;
}

function Bar({ words, isGrave = false, children }: BarProps) {
  return (
    <div className={styles['banner']} role={isGrave ? 'alert' : 'status'} data-grave={isGrave}>
      <p className={styles['bannerWords']}>{words}</p>
      {children}
    </div>
  );
}
