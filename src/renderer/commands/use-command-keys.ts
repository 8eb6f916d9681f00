/** Runs commands by key, wherever the focus is, except while a text is written or a dialog or menu has the keys. */
import { useEffect } from 'react';
import type { Studio } from '../studio/studio';
import { useStudio } from '../studio/use-studio';
import { commandOf } from './bindings';
import type { Command } from './command';
import { isMacIn, isText, strokeName } from './keys';
import { commands } from './table';

export function useCommandKeys(): void {
  const studio = useStudio();
  useEffect(() => {
    const isMac = isMacIn(navigator.userAgent);
    const listening = new AbortController();
    const { signal } = listening;
    const reached = reachedByKey(signal);
    const onKeyDown = (event: KeyboardEvent): void => {
      const stroke = strokeName(event, isMac);
      const command = commandOf(commands, stroke, studio.settings.getState().shortcuts);
      if (command === undefined || event.defaultPrevented) return;
      if ((isText(event.target) || isScreenOpen(studio)) && !isKnownInTexts(command, stroke)) return;
      if (ownsKeys(event.target, stroke, reached())) return;
      event.preventDefault();
      command.run(studio);
    };
    window.addEventListener('keydown', onKeyDown, { signal });
    return () => listening.abort();
  }, [studio]);
}

/** Also while it is still being loaded: what is typed meanwhile is meant for it. The tour leaves the keys to the studio. */
function isScreenOpen({ dialogs }: Studio): boolean {
  const { open } = dialogs.getState();
  return open !== undefined && open !== 'tour';
}

/** Screens open while a text is written, too; all other keys belong to the text. */
function isKnownInTexts({ group }: Command, stroke: string): boolean {
  return group === 'studio' && stroke.startsWith('Mod+');
}

/**
 * The element that the keyboard brought the focus to. The browser's own idea of it, `:focus-visible`, changes with the next key, and
 * Space would press again what was clicked before instead of playing.
 */
function reachedByKey(signal: AbortSignal): () => EventTarget | null {
  let isPointer = false;
  let reached: EventTarget | null = null;
  window.addEventListener('pointerdown', () => (isPointer = true), { signal, capture: true });
  window.addEventListener('keydown', ({ code }) => (isPointer &&= code !== 'Tab' && !moving.has(code)), {
    signal,
    capture: true,
  });
  window.addEventListener('focusin', ({ target }) => (reached = isPointer ? null : target), { signal });
  return () => reached;
}

const activating = new Set(['Space', 'Enter']);
const moving = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Space and Enter press the button that the keyboard went to; arrows move within what has parts to move between. */
function ownsKeys(target: EventTarget | null, stroke: string, reached: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"][data-state]') !== null) return true;
  if (activating.has(stroke)) return target === reached && target.matches('button, a');
  return (
    moving.has(stroke) &&
    target.closest('[role="slider"], [role="separator"], [role="radiogroup"], [role="group"] button') !== null
  );
}
