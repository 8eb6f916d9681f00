/** Opens the tour the first time that a person opens the studio, in whichever window that is; never again by itself. */
import { useEffect } from 'react';
import { changeSettings } from '../studio/change-settings';
import { useStudio } from '../studio/use-studio';
import { defaultSettings } from '#shared/studio/settings';

export function useFirstTour(): void {
  const studio = useStudio();
  useEffect(() => {
    const { settings, dialogs } = studio;
    const look = (): void => {
      const now = settings.getState();
      // Until main has spoken nobody knows whether it was seen.
      if (now === defaultSettings || now.hasSeenTour) return;
      changeSettings(studio, { hasSeenTour: true });
      if (dialogs.getState().open === undefined) dialogs.setState({ open: 'tour' });
    };
    look();
    return settings.subscribe(look);
  }, [studio]);
}
