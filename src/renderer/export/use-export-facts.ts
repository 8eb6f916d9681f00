/** What main says before anything is exported: which formats there are, and what the chosen export would be. */
import { useEffect, useState } from 'react';
import type { ExportPlan, ExportPresetFacts } from '#shared/studio/exports';
import type { StudioContract } from '#shared/studio/studio-contract';
import type { z } from 'zod';
import { isLoss } from '../studio/loss';
import { useStudio } from '../studio/use-studio';

export function usePresets(): readonly ExportPresetFacts[] {
  const studio = useStudio();
  const [presets, setPresets] = useState<readonly ExportPresetFacts[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    studio
      .channel()
      .request('exportPresets', {}, stop.signal)
      .then((answer) => setPresets(answer.presets), studio.report);
    return () => stop.abort();
  }, [studio]);
  return presets;
}

export type Planned =
  | { readonly kind: 'planned'; readonly plan: ExportPlan }
  | { readonly kind: 'impossible'; readonly error: unknown }
  | undefined;

type Request = z.input<StudioContract['requests']['planExport']['request']>;

/** Asked anew for every other `request` object; undefined until there is an answer. */
export function usePlan(request: Request | undefined): Planned {
  const studio = useStudio();
  const [planned, setPlanned] = useState<Planned>();
  useEffect(() => {
    if (request === undefined) return;
    const stop = new AbortController();
    studio
      .channel()
      .request('planExport', request, stop.signal)
      .then(
        (plan) => setPlanned({ kind: 'planned', plan }),
        (error: unknown) => {
          if (!isLoss(error)) setPlanned({ kind: 'impossible', error });
        },
      );
    return () => stop.abort();
  }, [studio, request]);
  return request && planned;
}
