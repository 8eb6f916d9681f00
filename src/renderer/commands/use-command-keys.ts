/** Runs commands by key, wherever the focus is, except while a text is written or a dialog or menu has the keys. */
import { useEffect } from 'react';
import { useStudio } from '../studio/use-studio';
import { isForText, isMacIn, strokeName } from './keys';
import { commandOf } from './table';

export function useCommandKeys(): void {
  const studio = useStudio();
  useEffect(() => {
    const isMac = isMacIn(navigator.userAgent);
    const onKeyDown = (event: KeyboardEvent): void => {
      const stroke = strokeName(event, isMac);
      const command = commandOf(stroke);
      if (command === undefined || event.defaultPrevented || isForText(event.target, stroke)) return;
      if (ownsKeys(event.target, stroke)) return;
      event.preventDefault();
      command.run(studio);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [studio]);
}

const activating = new Set(['Space', 'Enter']);
const moving = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Space and Enter press the button in focus; arrows move within what has parts to move between. */
function ownsKeys(target: EventTarget | null, stroke: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !== null) return true;
  if (activating.has(stroke)) return target.closest('button, a, [role="button"], [role="option"]') !== null;
  return (
    moving.has(stroke) &&
    target.closest('[role="slider"], [role="separator"], [role="radiogroup"], [role="group"] button') !== null
  );
}
