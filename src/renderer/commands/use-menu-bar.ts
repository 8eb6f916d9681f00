/** Keeps the system's menu bar in step with language and shortcuts, and runs what is chosen in it. In a browser there is none. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { appOrigin } from '#shared/studio/bridge';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import { isMacIn, isText } from './keys';
import { menuBar } from './menu-bar';
import { commands } from './table';

export function useMenuBar(origin = location.origin): void {
  const studio = useStudio();
  const say = useSay();
  const remaps = useSettings(({ shortcuts }) => shortcuts);
  const isConnected = useStore(studio.connection, ({ kind }) => kind === 'connected');
  const isShown = origin === appOrigin && isConnected;

  useEffect(() => {
    if (!isShown) return;
    const menu = menuBar(commands, { say, remaps, isMac: isMacIn(navigator.userAgent) });
    studio.channel().request('setMenu', menu).catch(studio.report);
  }, [studio, say, remaps, isShown]);

  useEffect(() => {
    if (!isShown) return;
    const ended = new AbortController();
    const choices = studio.channel().stream('menuChoices', {}, ended.signal);
    const follow = async (): Promise<void> => {
      for await (const { command } of choices)
        if (!passesOver(command)) commands.find(({ id }) => id === command)?.run(studio);
    };
    follow().catch(studio.report);
    return () => ended.abort();
  }, [studio, isShown]);
}

/** Whether the focus makes something else of a command: in a text main has done it, or it is the text that is meant; a dialog has its own. */
function passesOver(command: string): boolean {
  const target = document.activeElement;
  if (target?.closest('[role="dialog"], [role="menu"]') != null) return true;
  if (!isText(target)) return false;
  if (command === 'selectAll' && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement))
    target.select();
  return true;
}
