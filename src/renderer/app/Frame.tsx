/** The studio's frame: a bar, and panels whose sizes this person chose. */
import { useCallback } from 'react';
import { Group, Panel, Separator, type Layout } from 'react-resizable-panels';
import { useCommandKeys } from '../commands/use-command-keys';
import { useMenuBar } from '../commands/use-menu-bar';
import { Inspector } from '../inspector/Inspector';
import { Library } from '../library/Library';
import { useSay, useStudio, useView } from '../studio/use-studio';
import type { TextKey } from '../text/english';
import { Timeline } from '../timeline/view/Timeline';
import { Tour } from '../tour/Tour';
import { Viewer } from '../viewer/Viewer';
import styles from './app.module.css';
import { Banner } from './Banner';
import { Screens } from './Screens';
import { TopBar } from './TopBar';
import { usePresetToasts } from './use-preset-toasts';
import { useRemovalToasts } from './use-removal-toasts';
import { useWindowTitle } from './use-window-title';

export function Frame() {
  useCommandKeys();
  useMenuBar();
  useRemovalToasts();
  usePresetToasts();
  useWindowTitle();
  const columns = useLayout('columns', { left: 17, centre: 62, right: 21 });
  const rows = useLayout('rows', { viewer: 52, timeline: 48 });
  return (
    <div className={styles['frame']}>
      <TopBar />
      <div>
        <Banner />
      </div>
      <main className={styles['work']}>
        <Group orientation="horizontal" {...columns}>
          <Panel id="left" minSize={160} collapsible className={styles['panel']}>
            <Library />
          </Panel>
          <Handle names="panel.library" />
          <Panel id="centre" minSize={360}>
            <Group orientation="vertical" {...rows}>
              <Panel id="viewer" minSize={140} className={styles['panel']}>
                <Viewer />
              </Panel>
              <Handle names="panel.timeline" />
              <Panel id="timeline" minSize={140} className={styles['panel']}>
                <Timeline />
              </Panel>
            </Group>
          </Panel>
          <Handle names="panel.inspector" />
          <Panel id="right" minSize={220} collapsible className={styles['panel']}>
            <Inspector />
          </Panel>
        </Group>
      </main>
      <Screens />
      <Tour />
    </div>
  );
}

function Handle({ names }: { readonly names: TextKey }) {
  const say = useSay();
  return <Separator className={styles['handle']} aria-label={say('panel.resize', { panel: say(names) })} />;
}

function useLayout(group: string, initial: Layout) {
  const { view } = useStudio();
  const kept = useView(({ layouts }) => layouts[group]);
  const onLayoutChanged = useCallback((layout: Layout) => view.getState().setLayout(group, layout), [view, group]);
  return { id: group, defaultLayout: kept ?? initial, onLayoutChanged };
}
