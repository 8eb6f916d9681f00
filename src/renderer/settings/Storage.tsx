/** What kept clips take on the disk, how much they may, and clearing away those that nothing needs. */
import { useCallback, useEffect, useState } from 'react';
import type { StorageFacts } from '#shared/studio/storage';
import { Button } from '../controls/Button';
import { Confirm } from '../controls/Confirm';
import { Field } from '../controls/Field';
import { NumberField } from '../controls/NumberField';
import { Progress } from '../controls/Progress';
import { sizeText } from '../generate/quantity-text';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';

/** As disks are sold. */
const gigabyte = 1e9;
const mostGigabytes = 100_000;

export function Storage() {
  const say = useSay();
  const studio = useStudio();
  const limit = useSettings(({ artifactLimitBytes }) => artifactLimitBytes);
  const { storage, clear, isClearing } = useStorage(limit);
  const [isAsking, setAsking] = useState(false);
  if (storage === undefined) return null;
  const { usedBytes, limitBytes, clips, unusedBytes, unusedClips } = storage;
  const used = say('settings.used', { used: sizeText(usedBytes), limit: sizeText(limitBytes) });
  return (
    <>
      <Field
        name={say('settings.storage')}
        hint={say(unusedClips === 0 ? 'settings.allNeeded' : 'settings.someUnused', {
          clips,
          unused: sizeText(unusedBytes),
          unusedClips,
        })}
      >
        <Progress label={say('settings.storage')} share={limitBytes === 0 ? 1 : usedBytes / limitBytes} words={used} />
        <Button disabled={unusedClips === 0 || isClearing} onClick={() => setAsking(true)}>
          {say('settings.clear')}
        </Button>
      </Field>
      <Field name={say('settings.limit')} hint={say('settings.limitHint')}>
        <NumberField
          label={say('settings.limit')}
          value={Math.round((limitBytes / gigabyte) * 10) / 10}
          least={0.5}
          most={mostGigabytes}
          step={0.5}
          unit="GB"
          onChange={(value) => changeSettings(studio, { artifactLimitBytes: Math.round(value * gigabyte) })}
        />
        {limit !== undefined && (
          <Button onClick={() => changeSettings(studio, {}, ['artifactLimitBytes'])}>{say('settings.reset')}</Button>
        )}
      </Field>
      <Confirm
        title={say('settings.clearTitle')}
        consequence={say('settings.clearConsequence', { count: unusedClips, size: sizeText(unusedBytes) })}
        action={say('settings.clearAction')}
        isOpen={isAsking}
        onOpenChange={setAsking}
        onConfirm={clear}
      />
    </>
  );
}

/** Looked up again when the limit changes. */
function useStorage(limit: number | undefined) {
  const studio = useStudio();
  const [storage, setStorage] = useState<StorageFacts>();
  const [isClearing, setClearing] = useState(false);
  const ask = useCallback(
    (name: 'storage' | 'clearUnused') => studio.channel().request(name, {}).then(setStorage).catch(studio.report),
    [studio],
  );
  useEffect(() => void ask('storage'), [ask, limit]);
  const clear = (): void => {
    setClearing(true);
    void ask('clearUnused').finally(() => setClearing(false));
  };
  return { storage, clear, isClearing };
}
