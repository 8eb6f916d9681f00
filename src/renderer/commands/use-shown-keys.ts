/** The keys of commands as this person reads them: as they were remapped, and as this keyboard is labelled. */
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useSettings, useStudio } from '../studio/use-studio';
import { shownKeys } from './bindings';
import type { Command } from './command';

/** '' for a command that has none. */
export function useShownKeys(): (command: Pick<Command, 'id' | 'keys'>) => string {
  const { keyLabels } = useStudio();
  const labels = useStore(keyLabels, (state) => state.labels);
  const remaps = useSettings(({ shortcuts }) => shortcuts);
  return useCallback((command) => shownKeys(command, remaps, labels), [remaps, labels]);
}
