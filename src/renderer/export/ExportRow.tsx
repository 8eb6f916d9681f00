/** One export: which file, how far, how long still; when it is done, ways to it; when it failed, why. */
import { X } from 'lucide-react';
import type { ExportFacts } from '#shared/studio/exports';
import { Actions } from '../controls/Actions';
import { IconButton } from '../controls/Button';
import { notify } from '../controls/notify';
import { Progress } from '../controls/Progress';
import { baseName } from '../files/paths';
import { durationText, sizeText } from '../generate/quantity-text';
import { isLoss } from '../studio/loss';
import type { Studio } from '../studio/studio';
import { useSay, useStudio } from '../studio/use-studio';
import type { Say } from '../text/text';
import styles from './export.module.css';

export function ExportRow({ facts: { id, file, state } }: { readonly facts: ExportFacts }) {
  const say = useSay();
  const studio = useStudio();
  const name = baseName(file);
  const isOpen = state.kind === 'waiting' || state.kind === 'running';
  const cancel = (): void => ask(studio, studio.channel().request('cancelExport', { id }));
  return (
    <li className={styles['row']} data-state={state.kind}>
      <span className={styles['name']} title={file}>
        {name}
      </span>
      {state.kind === 'running' ? (
        <Progress label={name} share={state.share} words={runningText(state, say)} />
      ) : (
        <span className={styles['state']} role={state.kind === 'failed' ? 'alert' : 'status'}>
          {stateText(state, say)}
        </span>
      )}
      {state.kind === 'done' && <Done file={file} name={name} onForget={cancel} />}
      {state.kind !== 'done' && (
        <IconButton label={say(isOpen ? 'export.cancel' : 'export.forget', { name })} onClick={cancel}>
          <X size={13} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

interface DoneProps {
  readonly file: string;
  readonly name: string;
  readonly onForget: () => void;
}

function Done({ file, name, onForget }: DoneProps) {
  const say = useSay();
  const studio = useStudio();
  const copy = (): void =>
    ask(
      studio,
      navigator.clipboard.writeText(file).then(() => void notify(say('export.copied'))),
    );
  return (
    <Actions
      label={say('export.actions', { name })}
      actions={[
        {
          id: 'open',
          label: say('export.open'),
          run: () => ask(studio, studio.channel().request('openFile', { file })),
        },
        {
          ...{ id: 'reveal', label: say('export.reveal') },
          run: () => ask(studio, studio.channel().request('revealFile', { file })),
        },
        { id: 'copy', label: say('export.copy'), run: copy },
        { id: 'forget', label: say('export.forgetThis'), run: onForget },
      ]}
    />
  );
}

function runningText({ share, remainingSec }: Extract<ExportFacts['state'], { kind: 'running' }>, say: Say): string {
  const percent = Math.floor(share * 100);
  if (remainingSec === undefined) return say('export.percent', { percent });
  return say('export.left', { percent, time: durationText(remainingSec, say) });
}

function stateText(state: ExportFacts['state'], say: Say): string {
  switch (state.kind) {
    case 'waiting':
      return say('export.waiting');
    case 'running':
      return runningText(state, say);
    case 'done':
      return say('export.done', { size: sizeText(state.sizeBytes), time: durationText(state.seconds, say) });
    case 'failed':
      return say('export.failed', { reason: state.problem.message });
    case 'cancelled':
      return say('export.cancelled');
  }
}

function ask(studio: Studio, answer: Promise<unknown>): void {
  answer.catch((error: unknown) => {
    if (!isLoss(error)) studio.report(error);
  });
}
