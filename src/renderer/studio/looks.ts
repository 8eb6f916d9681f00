/** Theme and language: kept by main, so that every door looks the same, and shown at once. */
import type { Language } from '../text/text';
import type { Theme } from '../view-state/view-state';
import { isLoss } from './loss';
import type { Studio } from './studio';

export function changeLooks(studio: Studio, looks: { readonly theme?: Theme; readonly language?: Language }): void {
  studio.view.getState().set(looks);
  studio
    .channel()
    .request('changeSettings', { set: { ...looks } })
    .catch((error: unknown) => {
      if (!isLoss(error)) studio.report(error);
    });
}
