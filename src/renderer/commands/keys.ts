/**
 * Shortcuts by physical key: `KeyZ` lies where Z is on an American keyboard, whatever is printed there, so J, K and L stay side by
 * side under the hand. `Mod` is Command on a Mac and Control elsewhere.
 */
import type { KeyLabels } from './key-labels';

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

const americanLabels: KeyLabels = new Map();

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
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Backslash: '\\',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** As a person reads them: `⌘⇧Z` on a Mac, `Ctrl+Shift+Z` elsewhere. `labels`: what their keyboard has on its keys. */
export function readable(name: string, isMac: boolean, labels: KeyLabels = americanLabels): string {
  const parts = name.split('+').map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return isMac ? '⇧' : 'Shift';
    if (part === 'Alt') return isMac ? '⌥' : 'Alt';
    return labels.get(part) ?? named[part] ?? part.replace(/^(Key|Digit)/, '').replace(/^Numpad/, 'Num ');
  });
  return parts.join(isMac ? '' : '+');
}

/** Whether keys pressed there write. */
export function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox')
  );
}

/** Whether `navigator.userAgent` names a machine of Apple’s. */
export function isMacIn(userAgent: string): boolean {
  return /Mac|iPhone|iPad/.test(userAgent);
}

const modifierCodes = /^(Control|Shift|Alt|Meta|OS)(Left|Right)?$|^(CapsLock|Fn|FnLock|NumLock)$/;

/** A modifier alone is no stroke yet. */
export function isModifier(code: string): boolean {
  return code === '' || modifierCodes.test(code);
}
