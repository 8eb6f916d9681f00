/** Says what was done in a line at the edge of the window, with the way back where there is one. */
import { toast } from 'sonner';

/** Long enough to read, decide and reach it. */
export const undoMs = 10_000;

interface WayBack {
  /** The verb on the button. */
  readonly label: string;
  readonly run: () => void;
}

/** @returns takes it away again, for when the way back is none any more */
export function notify(text: string, back?: WayBack): () => void {
  const id =
    back === undefined
      ? toast(text)
      : toast(text, { duration: undoMs, action: { label: back.label, onClick: () => back.run() } });
  return () => void toast.dismiss(id);
}
