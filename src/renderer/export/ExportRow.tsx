/** One export: which file, how far, how long still; when it is done, ways to it; when it failed, why. */
import { X } from 'lucide-react';
import type { ExportFacts } from '#shared/studio/exports';
import { Actions } from '../controls/Actions';
import { IconButton } from '../controls/Button';
import { notify } from '../controls/notify';
import { Progress } from '../controls/Progress';
import { baseName } from '../files/paths';
import { durationText, sizeText } from '../generate/quantity-text';
import { useSay, useStudio } from '../studio/use-studio';
import { problemText } from '../studio/problem-text';
import type { Say } from '../text/text';
import styles from './export.module.css';

export function ExportRow({ facts: { id, file, what, state } }: { readonly facts: ExportFacts }) {
  const say = useSay();
  const studio = useStudio();
  const name = baseName(file);
  const isOpen = state.kind === 'waiting' || state.kind === 'running';
  const cancel = (): void => void studio.channel().request('cancelExport', { id }).catch(studio.report);
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
        <IconButton label={say(isOpen ? cancelLabels[what] : 'export.forget', { name })} onClick={cancel}>
          <X size={13} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

const cancelLabels = { edit: 'export.cancel', archive: 'projects.archiveCancel' } as const;

interface DoneProps {
  readonly file: string;
  readonly name: string;
  readonly onForget: () => void;
}

function Done({ file, name, onForget }: DoneProps) {
  const say = useSay();
  const studio = useStudio();
  const send = (request: 'openFile' | 'revealFile'): void =>
    void studio.channel().request(request, { file }).catch(studio.report);
  const copy = (): void =>
    void navigator.clipboard.writeText(file).then(() => void notify(say('export.copied')), studio.report);
  return (
    <Actions
      label={say('export.actions', { name })}
      actions={[
        { id: 'open', label: say('export.open'), run: () => send('openFile') },
        { id: 'reveal', label: say('export.reveal'), run: () => send('revealFile') },
        { id: 'copy', label: say('export.copy'), run: copy },
        { id: 'forget', label: say('export.forgetThis'), run: onForget },
      ]}
    />
  );
}

type Running = Extract<ExportFacts['state'], { kind: 'running' }>;

function runningText({ share, remainingSec, unit, done, of }: Running, say: Say): string {
  const percent = Math.floor(share * 100);
  if (remainingSec === undefined) return say('export.percent', { percent });
  const time = durationText(remainingSec, say);
  if (unit === 'frames') return say('export.left', { percent, time });
  return say('projects.archiveLeft', { done: sizeText(done), of: sizeText(of), time });
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
      return say('export.failed', { reason: problemText(state.problem, say) });
    case 'cancelled':
      return say('export.cancelled');
  }
}
