import { describe, expect, test } from 'vitest';
import { chosenSettingsSchema } from '#shared/studio/settings';
import { commandOf, keysOf, remapped } from './bindings';
import type { Command } from './command';
import { labelsOf } from './key-labels';
import { isModifier, readable, strokeName } from './keys';
import { commands as all } from './table';

const command = (id: string, ...keys: string[]): Command => ({
  ...{ id, keys, name: 'command.undo', group: 'edit' },
  run: () => undefined,
});
const split = command('split', 'KeyS', 'Mod+KeyB');
const marker = command('marker', 'KeyM');
const theme = command('theme');
const commands = [split, marker, theme];

describe('remaps', () => {
  test('a command has its own keys, or the one that it was given, or none', () => {
    expect(keysOf(split, {})).toEqual(['KeyS', 'Mod+KeyB']);
    expect(keysOf(split, { split: 'F9' })).toEqual(['F9']);
    expect(keysOf(split, { split: '' })).toEqual([]);
  });

  test('a key that is given to one command is taken from the other, which keeps what is left', () => {
    const remaps = remapped(commands, {}, 'marker', 'KeyS');
    expect(remaps).toEqual({ marker: 'KeyS', split: 'Mod+KeyB' });
    expect(commandOf(commands, 'KeyS', remaps)).toBe(marker);
    expect(commandOf(commands, 'Mod+KeyB', remaps)).toBe(split);
    expect(commandOf(commands, 'KeyM', remaps)).toBeUndefined();
    expect(remapped(commands, {}, 'theme', 'KeyM')).toEqual({ theme: 'KeyM', marker: '' });
  });

  test('its own keys come back, also from whoever was given them meanwhile', () => {
    const remaps = remapped(commands, remapped(commands, {}, 'split', 'F9'), 'theme', 'KeyS');
    expect(remaps).toEqual({ split: 'F9', theme: 'KeyS' });
    expect(remapped(commands, remaps, 'split', undefined)).toEqual({ theme: '' });
  });

  test('what a person chose goes before what a command has by itself', () => {
    expect(commandOf(commands, 'KeyM', { split: 'KeyM' })).toBe(split);
  });
});

describe('the table', () => {
  test('has ids that settings can keep, each once, and no key twice', () => {
    const shortcuts = Object.fromEntries(all.map(({ id, keys }) => [id, keys[0] ?? '']));
    expect(chosenSettingsSchema.safeParse({ shortcuts }).success).toBe(true);
    expect(Object.keys(shortcuts)).toHaveLength(all.length);
    const keys = all.flatMap((each) => each.keys);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});

test('a stroke is the place of a key, whatever is printed there', () => {
  const stroke = { code: 'KeyZ', ctrlKey: true, metaKey: false, shiftKey: true, altKey: false };
  expect(strokeName(stroke, false)).toBe('Mod+Shift+KeyZ');
  expect(strokeName(stroke, true)).toBe('Shift+KeyZ');
  expect([readable('Mod+Shift+KeyZ', false), readable('Mod+Shift+KeyZ', true)]).toEqual(['Ctrl+Shift+Z', '⌘⇧Z']);
  expect(['ShiftLeft', 'AltRight', 'CapsLock', 'KeyA'].map(isModifier)).toEqual([true, true, true, false]);
});

test('is shown as the keyboard is labelled, in Latin letters, with digits by their names', () => {
  const german = labelsOf(
    new Map(Object.entries({ KeyZ: 'y', Minus: 'ß', BracketLeft: 'ü', Digit1: '!', Slash: '-' })),
  );
  const shown = (name: string): string => readable(name, false, german);
  expect(['Mod+KeyZ', 'Mod+Minus', 'BracketLeft', 'Digit1', 'Shift+Slash', 'KeyK'].map(shown)).toEqual([
    ...['Ctrl+Y', 'Ctrl+ß', 'Ü', '1', 'Shift+−', 'K'],
  ]);
  const others = labelsOf(new Map(Object.entries({ KeyZ: 'я', KeyX: 'ㅌ', Equal: '=', ArrowLeft: '4', KeyA: 'Dead' })));
  expect(Object.fromEntries(others)).toEqual({ Equal: '+' });
});
