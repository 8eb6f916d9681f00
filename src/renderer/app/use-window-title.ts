/** The window bears its project's name, so that it is found among others. */
import { useEffect } from 'react';
import { useDocument } from '../studio/use-studio';

export function useWindowTitle(): void {
  const title = useDocument(({ project }) => project.title);
  useEffect(() => {
    document.title = `${title} — Sluice`;
  }, [title]);
}
