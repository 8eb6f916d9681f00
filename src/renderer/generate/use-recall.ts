/** Arrow up and down in the prompt bar walk through the prompts of before; what was being written waits at the end. */
import { useRef, type KeyboardEvent } from 'react';
import { useStudio } from '../studio/use-studio';
import { promptsBefore } from './prompt-history';

export function useRecall(draft: string, write: (text: string) => void): (event: KeyboardEvent) => void {
  const { document, view } = useStudio();
  /** How many prompts back, and what was written before the first step. */
  const back = useRef({ steps: 0, draft: '', shown: '' });
  return (event) => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const prompts = promptsBefore(document.getState().project, view.getState().prompts);
    const { steps, shown } = back.current;
    const isWalking = steps > 0 && draft === shown;
    const origin = isWalking ? back.current.draft : draft;
    const to = Math.min(prompts.length, Math.max(0, (isWalking ? steps : 0) + by));
    const text = to === 0 ? origin : (prompts[prompts.length - to] ?? origin);
    back.current = { steps: to, draft: origin, shown: text };
    if (text !== draft) write(text);
  };
}
