/**
 * Keys of the list of clips, as in any list where several can be selected: an arrow selects the next clip, with Shift it too, with
 * Ctrl or Command none, and the focus goes there; Ctrl or Command with Space selects the clip in focus, or no longer.
 */
import { useRef, type FocusEvent, type KeyboardEvent } from 'react';
import type { Clip } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import { useStudio } from '../../studio/use-studio';
import { revealing } from '../model/scale';
import { clicked, extendedBy } from '../model/selection';

export interface OptionKeys {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, clip: Clip) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>, clip: Clip) => void;
}

/** `clips`: in the order in which arrows go through them. Each has an element with its id as `data-clip`. */
export function useOptionKeys(clips: readonly Clip[]): OptionKeys {
  const { document: edited, timeline } = useStudio();
  /** Where Shift began. */
  const anchor = useRef<ClipId>(undefined);
  /** The focus is just being moved by a key, which has selected what it means to. */
  const isMoving = useRef(false);

  const reveal = (clip: Clip): void =>
    timeline.setState(({ scale, width }) => ({ scale: revealing(scale, clip.startFrame, width) }));
  const choose = (clip: Clip): void => {
    anchor.current = clip.id;
    timeline.setState({ selection: new Set([clip.id]) });
  };
  const toggle = (clip: Clip): void => {
    anchor.current = clip.id;
    const { project } = edited.getState();
    timeline.setState(({ selection }) => ({ selection: clicked(project, selection, clip, 'toggle') }));
  };
  const extend = (from: Clip, to: Clip): void => {
    const ids = clips.map(({ id }) => id);
    const began = anchor.current !== undefined && ids.includes(anchor.current) ? anchor.current : from.id;
    anchor.current = began;
    timeline.setState(({ selection }) => ({
      selection: extendedBy(selection, ids, { anchor: began, from: from.id, to: to.id }),
    }));
  };
  const goTo = (clip: Clip): void => {
    reveal(clip);
    isMoving.current = true;
    document.querySelector<HTMLElement>(`[data-clip="${clip.id}"]`)?.focus();
    isMoving.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, clip: Clip): void => {
    const isMod = event.ctrlKey || event.metaKey;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = by === undefined ? undefined : clips[clips.findIndex(({ id }) => id === clip.id) + by];
    if (event.altKey) return;
    if (event.key === ' ' && isMod) toggle(clip);
    else if (next === undefined) return;
    else {
      if (event.shiftKey) extend(clip, next);
      else if (!isMod) choose(next);
      goTo(next);
    }
    event.preventDefault();
  };
  /** From elsewhere, by keyboard: a clip that is not selected is, alone. */
  const onFocus = (event: FocusEvent<HTMLElement>, clip: Clip): void => {
    if (isMoving.current) return;
    anchor.current = clip.id;
    if (!event.currentTarget.matches(':focus-visible') || timeline.getState().selection.has(clip.id)) return;
    choose(clip);
    reveal(clip);
  };
  return { onKeyDown, onFocus };
}
