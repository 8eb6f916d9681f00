/**
 * What is printed on the keys of this keyboard, where the browser tells (the Keyboard Map API: Chromium's, so every window of the program).
 * Only labels follow it: which key does what stays a matter of place. Digits keep their names, which are printed on every layout, and
 * letters of other scripts are left aside, since such keyboards show the Latin ones as well.
 */
import type { StoreApi } from 'zustand/vanilla';

declare global {
  interface Navigator {
    readonly keyboard?: { getLayoutMap(): Promise<ReadonlyMap<string, string>> };
  }
}

/** By the code of a key. A key that is not in it has the label of an American keyboard. */
export type KeyLabels = ReadonlyMap<string, string>;

const shown = /^[\p{Script=Latin}\p{P}\p{S}]$/u;
const codes =
  /^(Key[A-Z]|Bracket(Left|Right)|Semicolon|Quote|Backquote|Backslash|IntlBackslash|Comma|Period|Slash|Minus|Equal)$/;
/** As `readable` writes them: the sign that the key is known for. */
const signs: Readonly<Record<string, string>> = { '=': '+', '-': '−' };

export function labelsOf(layout: ReadonlyMap<string, string>): KeyLabels {
  const labels = new Map<string, string>();
  for (const [code, character] of layout)
    if (codes.test(code) && shown.test(character)) labels.set(code, signs[character] ?? upper(character));
  return labels;
}

/** Looks now, and whenever the window is come back to: layouts are switched, and no event tells. */
export function followKeyLabels(labels: StoreApi<{ readonly labels: KeyLabels }>): void {
  const look = async (): Promise<void> => {
    const layout = await navigator.keyboard?.getLayoutMap();
    if (layout !== undefined) labels.setState({ labels: labelsOf(layout) });
  };
  // Where it is forbidden, as in a frame, labels stay as they are.
  const lookOrLeave = (): void => void look().catch(() => undefined);
  window.addEventListener('focus', lookOrLeave);
  lookOrLeave();
}

/** ß has none. */
function upper(character: string): string {
  const capital = character.toLocaleUpperCase();
  return capital.length === 1 ? capital : character;
}
