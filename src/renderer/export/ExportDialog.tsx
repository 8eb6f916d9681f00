/** The export dialog: what, as what, where; what that would be; and below it the exports of today. It closes without stopping anything. */
import { useState } from 'react';
import { Button } from '../controls/Button';
import { Confirm } from '../controls/Confirm';
import { Dialog } from '../controls/Dialog';
import { baseName } from '../files/paths';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import styles from './export.module.css';
import { ExportList } from './ExportList';
import { PictureFields } from './PictureFields';
import { PlaceFields } from './PlaceFields';
import { PlanText } from './PlanText';
import { startExport, type Started } from './start-export';
import { useExportForm } from './use-export-form';
import { WhatFields } from './WhatFields';

export function ExportDialog() {
  const say = useSay();
  const { dialogs } = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'export');
  const close = (): void => dialogs.setState({ open: undefined });
  return isOpen ? <Form title={say('export.title')} onClose={close} /> : null;
}

function Form({ title, onClose }: { readonly title: string; readonly onClose: () => void }) {
  const say = useSay();
  const studio = useStudio();
  const form = useExportForm();
  const [asked, setAsked] = useState<string>();
  const [refused, setRefused] = useState<Extract<Started, { kind: 'refused' }>>();
  const { request, file } = form;
  const isReady = request !== undefined && file !== undefined && form.planned?.kind === 'planned';
  const start = (force: boolean): void => {
    if (request === undefined || file === undefined) return;
    setRefused(undefined);
    void startExport(studio, { ...request, file, force }).then((outcome) => {
      if (outcome.kind === 'taken') setAsked(file);
      else if (outcome.kind === 'refused') setRefused(outcome);
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{say('dialog.close')}</Button>
      <Button isStrong disabled={!isReady} onClick={() => start(false)}>
        {say('export.start')}
      </Button>
    </>
  );
  return (
    <Dialog title={title} isOpen onOpenChange={(next) => !next && onClose()} footer={footer}>
      <div className={styles['form']}>
        <WhatFields form={form} />
        <PictureFields form={form} />
        <PlaceFields form={form} />
        <PlanText planned={form.planned} preset={form.preset} refused={refused} />
      </div>
      <div className={styles['list']}>
        <ExportList what="edit" />
      </div>
      <Confirm
        title={say('export.replaceTitle', { name: baseName(asked ?? '') })}
        consequence={say('export.replaceText')}
        action={say('export.replace')}
        isOpen={asked !== undefined}
        onOpenChange={(next) => !next && setAsked(undefined)}
        onConfirm={() => start(true)}
      />
    </Dialog>
  );
}
