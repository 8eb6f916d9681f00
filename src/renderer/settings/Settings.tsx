/** The settings, a page for each kind. Everything is kept by main at once, and shown by every window at once. */
import { Dialog } from '../controls/Dialog';
import { Tabs } from '../controls/Tabs';
import { settingsPages, type SettingsPage } from '../studio/dialogs';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import { FoldersPage } from './FoldersPage';
import { GeneralPage } from './GeneralPage';
import { MachinePage } from './MachinePage';
import { PerformancePage } from './PerformancePage';
import { ShortcutsPage } from './ShortcutsPage';

const pages: Readonly<Record<SettingsPage, () => React.ReactNode>> = {
  general: GeneralPage,
  folders: FoldersPage,
  performance: PerformancePage,
  machine: MachinePage,
  shortcuts: ShortcutsPage,
};

export function Settings() {
  const say = useSay();
  const { dialogs } = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'settings');
  const page = useDialogs(({ settingsPage }) => settingsPage);
  const tabs = settingsPages.map((value) => {
    const Page = pages[value];
    return { value, label: say(`settings.page.${value}`), content: <Page /> };
  });
  return (
    <Dialog
      title={say('settings.title')}
      size="screen"
      isOpen={isOpen}
      onOpenChange={(next) => dialogs.setState({ open: next ? 'settings' : undefined })}
    >
      <Tabs
        label={say('settings.title')}
        placement="side"
        value={page}
        onChange={(settingsPage) => dialogs.setState({ settingsPage })}
        tabs={tabs}
      />
    </Dialog>
  );
}
