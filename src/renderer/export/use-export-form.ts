/** The state of the export form: the remembered choice, what is in the window to export, and what main says of both together. */
import { useMemo, useState } from 'react';
import type { ExportPresetFacts } from '#shared/studio/exports';
import type { Size } from '#shared/units';
import { shownStage } from '#shared/edit/shown-stage';
import { joined } from '../files/paths';
import { selectedShot, type SelectedShot } from '../studio/selected';
import { useDocument, useSettings, useTimeline, useWork } from '../studio/use-studio';
import { fileNameFrom, requestOf, withEnding, type ExportChoice, type ExportWhat } from './choice';
import { useLastChoice } from './last-choice';
import { useApplication } from '../settings/use-application';
import { usePlan, usePresets, type Planned } from './use-export-facts';

export interface ExportForm {
  readonly choice: ExportChoice | undefined;
  readonly change: (change: Partial<ExportChoice>) => void;
  readonly what: ExportWhat;
  readonly setWhat: (what: ExportWhat) => void;
  readonly presets: readonly ExportPresetFacts[];
  readonly preset: ExportPresetFacts | undefined;
  readonly selected: SelectedShot | undefined;
  /** Of the pictures as they are; undefined where there are none. */
  readonly source: Size | undefined;
  readonly folder: string;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly planned: Planned;
  readonly request: ReturnType<typeof requestOf>;
  /** Where it would go; undefined while that is not known. */
  readonly file: string | undefined;
}

export function useExportForm(): ExportForm {
  const [choice, keep] = useLastChoice();
  const { project, open } = useDocument((document) => document);
  const [what, setWhat] = useState<ExportWhat>({ kind: project.range === undefined ? 'edit' : 'range' });
  const [typed, setName] = useState<string>();
  const presets = usePresets();
  const selected = useSelected();
  const source = useSourceSize(what, selected);
  const preset =
    presets.find(({ id, isUsable }) => id === choice?.preset && isUsable) ?? presets.find((one) => one.isUsable);
  const request = useMemo(
    () =>
      choice && preset && source
        ? requestOf(choice, what, { open, project, selected: selected && { takeId: selected.take.id }, source, preset })
        : undefined,
    [choice, what, open, project, selected, source, preset],
  );
  const folder = useFolder(choice);
  const title = what.kind === 'take' && selected !== undefined ? selected.shot.name : project.title;
  const name = withEndingOf(typed ?? fileNameFrom(title), preset, presets);
  return {
    ...{ choice, what, setWhat, presets, preset, selected, source, folder, name, setName, request },
    change: (change) => choice && keep({ ...choice, ...change }),
    planned: usePlan(request),
    file: folder === '' || name.trim() === '' ? undefined : joined(folder, name),
  };
}

function useSelected(): SelectedShot | undefined {
  const project = useDocument((document) => document.project);
  const selection = useTimeline((timeline) => timeline.selection);
  const packs = useWork((work) => work.packs);
  return useMemo(() => selectedShot(project, selection, packs), [project, selection, packs]);
}

/** Stages of the selected clip's take that can be exported, the highest first. */
export function useStages(selected: SelectedShot | undefined) {
  const ladder = useWork(({ ladders }) => selected && ladders.get(selected.take.id));
  return useMemo(() => (ladder?.stages ?? []).filter(({ shown }) => shown !== undefined).toReversed(), [ladder]);
}

function useSourceSize(what: ExportWhat, selected: SelectedShot | undefined): Size | undefined {
  const size = useDocument(({ project }) => project.size);
  const ladder = useWork(({ ladders }) => selected && ladders.get(selected.take.id));
  if (what.kind !== 'take') return size;
  return shownStage(ladder?.stages ?? [], what.stage)?.shown;
}

function useFolder(choice: ExportChoice | undefined): string {
  const chosen = useSettings(({ exportsFolder }) => exportsFolder);
  const facts = useApplication();
  return choice?.folder ?? chosen ?? facts?.defaultExportsFolder ?? '';
}

function withEndingOf(
  name: string,
  preset: ExportPresetFacts | undefined,
  presets: readonly ExportPresetFacts[],
): string {
  return preset === undefined ? name : withEnding(name, preset, presets);
}
