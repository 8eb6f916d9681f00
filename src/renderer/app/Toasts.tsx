/** Where notices appear, in the window's language and theme. */
import { useStore } from 'zustand';
import { Toaster } from 'sonner';
import { sayIn } from '../text/text';
import type { ViewStore } from '../view-state/view-store';

/** Leads into the notices, as `KeyboardEvent.code` names it. Sonner's own, Alt+T, makes takes here; no command has this one. */
export const noticesKey = 'F8';
const hotkey = [noticesKey];

export function Toasts({ view }: { readonly view: ViewStore }) {
  const { theme, language } = useStore(view);
  const say = sayIn(language);
  return (
    <Toaster
      theme={theme}
      position="bottom-center"
      visibleToasts={3}
      hotkey={hotkey}
      containerAriaLabel={say('toast.notices')}
      toastOptions={{ duration: 5000, closeButtonAriaLabel: say('toast.close') }}
    />
  );
}
