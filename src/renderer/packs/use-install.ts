/** Installing a pack: how far it is, how to stop it, and why it was refused. One at a time. */
import { useRef, useState } from 'react';
import { isCancellation } from '#shared/errors';
import type { Sha256 } from '#shared/units';
import { useStudio } from '../studio/use-studio';

export type Installation =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly path: string; readonly share: number }
  | { readonly kind: 'refused'; readonly path: string; readonly error: unknown };

export function useInstall(onInstalled: (hash: Sha256) => void) {
  const studio = useStudio();
  const [installation, setInstallation] = useState<Installation>({ kind: 'none' });
  const running = useRef(new AbortController());
  const install = async (path: string): Promise<void> => {
    running.current = new AbortController();
    setInstallation({ kind: 'running', path, share: 0 });
    try {
      for await (const event of studio.channel().stream('installPack', { path }, running.current.signal)) {
        if (event.kind === 'progress') setInstallation({ kind: 'running', path, share: event.share });
        else onInstalled(event.hash);
      }
      setInstallation({ kind: 'none' });
    } catch (error) {
      if (isCancellation(error)) setInstallation({ kind: 'none' });
      else setInstallation({ kind: 'refused', path, error });
    }
  };
  return {
    installation,
    install,
    cancel: () => running.current.abort(),
    dismiss: () => setInstallation({ kind: 'none' }),
  };
}
