/** Waits for a key for a command. One that another command has is shown with that command's name, and taken only when asked for. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { commandOf } from '../commands/bindings';
import type { Command } from '../commands/command';
import { isMacIn, isModifier, readable, strokeName } from '../commands/keys';
import { commands } from '../commands/table';
import { Button } from '../controls/Button';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import styles from './settings.module.css';

interface Props {
  readonly command: Command;
  /** '': no key at all. */
  readonly onKey: (stroke: string) => void;
  readonly onCancel: () => void;
}

export function KeyCapture({ command, onKey, onCancel }: Props) {
  const say = useSay();
  const remaps = useSettings(({ shortcuts }) => shortcuts);
  const labels = useStore(useStudio().keyLabels, (state) => state.labels);
  const [stroke, setStroke] = useState<string>();
  const box = useRef<HTMLButtonElement>(null);
  const isMac = isMacIn(navigator.userAgent);
  useEffect(() => box.current?.focus(), []);
  const holder = stroke === undefined ? undefined : commandOf(commands, stroke, remaps);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (isModifier(event.code)) return;
    const pressed = strokeName(event, isMac);
    const other = commandOf(commands, pressed, remaps);
    if (pressed === 'Escape') onCancel();
    else if (other === undefined || other.id === command.id) onKey(pressed);
    else setStroke(pressed);
  };
  if (stroke !== undefined && holder !== undefined)
    return (
      <span className={styles['capture']} role="alert">
        {say('shortcuts.taken', { keys: readable(stroke, isMac, labels), name: say(holder.name) })}
        <Button onClick={() => onKey(stroke)}>{say('shortcuts.take')}</Button>
        <Button onClick={onCancel}>{say('dialog.cancel')}</Button>
      </span>
    );
  return (
    <span className={styles['capture']}>
      <Button ref={box} className={styles['keys']} data-capturing onKeyDown={onKeyDown}>
        {say('shortcuts.press')}
      </Button>
      <Button onClick={() => onKey('')}>{say('shortcuts.clear')}</Button>
      <Button onClick={onCancel}>{say('dialog.cancel')}</Button>
    </span>
  );
}
