/** What the export would be: its length, size and rate, what it takes on disk as far as that is known, and what to look out for. */
import { TriangleAlert } from 'lucide-react';
import type { ExportPlan, ExportPresetFacts } from '#shared/studio/exports';
import { durationText, sizeText } from '../generate/quantity-text';
import { useSay } from '../studio/use-studio';
import { errorText } from '../studio/problem-text';
import type { Say } from '../text/text';
import styles from './export.module.css';
import { rateName } from './rates';
import type { Planned } from './use-export-facts';

interface Props {
  readonly planned: Planned;
  readonly preset: ExportPresetFacts | undefined;
  /** Why it could not be started. */
  readonly refused: { readonly error: unknown } | undefined;
}

export function PlanText({ planned, preset, refused }: Props) {
  const say = useSay();
  const failure = refused ?? (planned?.kind === 'impossible' ? planned : undefined);
  return (
    <div className={styles['plan']}>
      {planned?.kind === 'planned' && <p role="status">{planText(planned.plan, say)}</p>}
      {planned?.kind === 'planned' &&
        warnings(planned.plan, preset, say).map((warning) => (
          <p key={warning} className={styles['warning']}>
            <TriangleAlert size={13} aria-hidden />
            {warning}
          </p>
        ))}
      {failure !== undefined && (
        <p className={styles['problem']} role="alert">
          {errorText(failure.error, say)}
        </p>
      )}
    </div>
  );
}

export function planText({ frames, size, frameRate, sizeBytes }: ExportPlan, say: Say): string {
  const seconds = (frames * frameRate.den) / frameRate.num;
  const shape = say('export.plan', {
    ...{ frames, time: durationText(seconds, say), size: `${size.width}×${size.height}`, rate: rateName(frameRate) },
  });
  const disk =
    sizeBytes === undefined ? say('export.sizeUnknown') : say('export.sizeAbout', { size: sizeText(sizeBytes) });
  return `${shape} ${say('export.bits')} ${disk}`;
}

function warnings(
  { emptyClips, staleClips, hasSound }: ExportPlan,
  preset: ExportPresetFacts | undefined,
  say: Say,
): readonly string[] {
  return [
    ...(emptyClips > 0 ? [say('export.empty', { count: emptyClips })] : []),
    ...(staleClips > 0 ? [say('export.stale', { count: staleClips })] : []),
    ...(hasSound && preset?.hasSound === false ? [say('export.silent')] : []),
  ];
}
