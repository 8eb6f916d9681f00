/** What this machine has for Sluice, asked of every part just now: what was tried, how that went, and why something cannot be used. */
import { CircleCheck, CircleX } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { MachineFacts } from '#shared/studio/application';
import { Button } from '../controls/Button';
import { sizeText } from '../generate/quantity-text';
import { problemText } from '../studio/problem-text';
import { useSay, useStudio } from '../studio/use-studio';
import type { Say } from '../text/text';
import { providerNames } from './provider-names';
import styles from './settings.module.css';

export function MachinePage() {
  const say = useSay();
  const { report, isAsking, ask } = useReport();
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <p className={styles['aside']} role="status">
          {isAsking ? say('machine.asking') : ''}
        </p>
        <Button disabled={isAsking} onClick={ask}>
          {say('machine.again')}
        </Button>
      </div>
      {report !== undefined && <Report report={report} />}
    </div>
  );
}

function Report({ report }: { readonly report: MachineFacts }) {
  const say = useSay();
  const { home, ffmpeg, pack, providers } = report;
  return (
    <dl className={styles['report']}>
      <Line name={say('machine.processor')}>
        {say('machine.cores', { processor: report.processor, count: report.cores, platform: report.platform })}
      </Line>
      <Line name={say('machine.memory')}>
        {say('machine.free', { all: sizeText(report.memoryBytes), free: sizeText(report.freeMemoryBytes) })}
      </Line>
      <Line name={say('machine.disk')}>
        {home.free.kind === 'found'
          ? say('machine.diskFree', { free: sizeText(home.free.value) })
          : missingText(home.free, say)}
      </Line>
      <Line name="FFmpeg" isFine={ffmpeg.kind === 'found'}>
        {ffmpeg.kind === 'found' ? `${ffmpeg.value.version} · ${ffmpeg.value.path}` : missingText(ffmpeg, say)}
      </Line>
      <Line name={say('machine.pack')} isFine={pack.kind === 'found'}>
        {pack.kind === 'found' ? `${pack.value.name} ${pack.value.version}` : missingText(pack, say)}
      </Line>
      {providers.map(({ provider, trial }) => (
        <Line key={provider} name={providerNames[provider]} isFine={trial.kind === 'found'}>
          {trial.kind === 'found' ? passedText(trial.value, say) : missingText(trial, say)}
        </Line>
      ))}
      <Line name={say('machine.versions')}>
        {`Sluice ${report.sluice} · ONNX Runtime ${report.onnxruntime} · Node ${report.node}`}
      </Line>
    </dl>
  );
}

function missingText({ code, reason }: Extract<MachineFacts['pack'], { kind: 'missing' }>, say: Say): string {
  return problemText({ code, message: reason }, say);
}

type Trial = MachineFacts['providers'][number]['trial'];

function passedText({ seconds, maxDifference = 0 }: Extract<Trial, { kind: 'found' }>['value'], say: Say): string {
  return say('machine.usable', { seconds: seconds.toFixed(2), difference: maxDifference.toExponential(0) });
}

interface LineProps {
  readonly name: string;
  /** Absent: neither good nor bad. */
  readonly isFine?: boolean;
  readonly children: ReactNode;
}

function Line({ name, isFine, children }: LineProps) {
  const say = useSay();
  return (
    <div className={styles['line']} data-fine={isFine}>
      <dt>
        {isFine === true && <CircleCheck size={14} aria-label={say('machine.fine')} />}
        {isFine === false && <CircleX size={14} aria-label={say('machine.notFine')} />}
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Probing takes seconds: it begins when the page is looked at, and stops when it no longer is. */
function useReport() {
  const studio = useStudio();
  const [report, setReport] = useState<MachineFacts>();
  const [isAsking, setAsking] = useState(true);
  const asking = useRef(new AbortController());
  const request = useCallback(() => {
    asking.current.abort();
    asking.current = new AbortController();
    const { signal } = asking.current;
    studio
      .channel()
      .request('machineReport', {}, signal)
      .then(setReport)
      .catch(studio.report)
      .finally(() => {
        if (!signal.aborted) setAsking(false);
      });
  }, [studio]);
  useEffect(() => {
    request();
    return () => asking.current.abort();
  }, [request]);
  const ask = (): void => {
    setAsking(true);
    request();
  };
  return { report, isAsking, ask };
}
