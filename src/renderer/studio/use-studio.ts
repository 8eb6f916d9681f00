/** The studio, and the language, for components. */
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { SluiceError } from '#shared/errors';
import type { Settings } from '#shared/studio/settings';
import type { MediaState } from '../media/media-store';
import type { View } from '../view-state/view-store';
import { sayIn, type Say } from '../text/text';
import type { Dialogs } from './dialogs';
import type { Looking } from '../viewer/looking';
import type { DocumentState } from './document-store';
import type { Studio } from './studio';
import type { TimelineState } from './timeline-store';
import type { WorkState } from './work-store';

export const StudioContext = createContext<Studio | undefined>(undefined);

/** Throws outside of `StudioContext`. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === undefined)
    throw new SluiceError('internal', 'A component of the studio needs StudioContext around it.');
  return studio;
}

export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useStudio().document, select);
}

export function useTimeline<T>(select: (state: TimelineState) => T): T {
  return useStore(useStudio().timeline, select);
}

export function useLooking<T>(select: (state: Looking) => T): T {
  return useStore(useStudio().looking, select);
}

export function useWork<T>(select: (state: WorkState) => T): T {
  return useStore(useStudio().work, select);
}

export function useMedia<T>(select: (state: MediaState) => T): T {
  return useStore(useStudio().media, select);
}

export function useView<T>(select: (state: View) => T): T {
  return useStore(useStudio().view, select);
}

export function useSettings<T>(select: (state: Settings) => T): T {
  return useStore(useStudio().settings, select);
}

export function useDialogs<T>(select: (state: Dialogs) => T): T {
  return useStore(useStudio().dialogs, select);
}

export function useSay(): Say {
  const language = useView((view) => view.language);
  return useMemo(() => sayIn(language), [language]);
}
