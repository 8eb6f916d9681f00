/**
 * Shortcuts by physical key: `KeyZ` lies where Z is on an American keyboard, whatever is printed there, so J, K and L stay side by
 * side under the hand. `Mod` is Command on a Mac and Control elsewhere.
 */
export interface Stroke {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** `Mod+Shift+KeyZ`: the modifiers in this order, then the key. */
export function strokeName(stroke: Stroke, isMac: boolean): string {
  const isMod = isMac ? stroke.metaKey : stroke.ctrlKey;
  return [isMod && 'Mod', stroke.altKey && 'Alt', stroke.shiftKey && 'Shift', stroke.code].filter(Boolean).join('+');
}

const named: Readonly<Record<string, string>> = {
  Space: 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Equal: '+',
  Minus: '−',
  Delete: 'Del',
  Backspace: '⌫',
  Slash: '/',
  Home: 'Home',
  End: 'End',
  Escape: 'Esc',
  BracketLeft: '[',
  BracketRight: ']',
};

/** As a person reads them: `⌘⇧Z` on a Mac, `Ctrl+Shift+Z` elsewhere. */
export function readable(name: string, isMac: boolean): string {
  const parts = name.split('+').map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return isMac ? '⇧' : 'Shift';
    if (part === 'Alt') return isMac ? '⌥' : 'Alt';
    return named[part] ?? part.replace(/^(Key|Digit)/, '');
  });
  return parts.join(isMac ? '' : '+');
}

/** Keys that belong to a text while it is written: everything but strokes with Mod that texts do not know. */
export function isForText(target: EventTarget | null, name: string): boolean {
  const isText =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox');
  return isText && name !== 'Mod+KeyK';
}

/** Whether `navigator.userAgent` names a machine of Apple’s. */
export function isMacIn(userAgent: string): boolean {
  return /Mac|iPhone|iPad/.test(userAgent);
}

/** The first key of a command, for this machine; '' where it has none. */
export function shownKeys({ keys }: { readonly keys: readonly string[] }): string {
  const [key] = keys;
  return key === undefined ? '' : readable(key, isMacIn(navigator.userAgent));
}
