/** Words for the next shot, how far to carry it, and the button that begins. */
import { useState, type SyntheticEvent } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { Button } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import styles from './generate.module.css';
import { promptInputId } from './prompt-input';
import { runNewShot } from './run';

export function PromptBar() {
  const say = useSay();
  const studio = useStudio();
  const [prompt, setPrompt] = useState('');
  const [chosen, setChosen] = useState<string>();
  const pack = useWork(({ packs }) => packs.find(({ isPreferred }) => isPreferred) ?? packs[0]);
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const stages = pack?.manifest.stages ?? [];
  const stopAt = stages.find(({ id }) => id === chosen) ?? stages[0];

  function generate(event: SyntheticEvent): void {
    event.preventDefault();
    if (pack === undefined || prompt.trim() === '') return;
    void runNewShot(studio, { prompt: prompt.trim(), pack }, stopAt?.id);
    setPrompt('');
    // From here on keys mean playback and editing again; one key brings the cursor back.
    document.getElementById(promptInputId)?.blur();
  }

  return (
    <form className={styles['prompt']} onSubmit={generate}>
      <input
        id={promptInputId}
        className={styles['input']}
        aria-label={say('prompt.label')}
        placeholder={pack === undefined ? say('prompt.noPack') : say('prompt.placeholder')}
        value={prompt}
        maxLength={2000}
        autoComplete="off"
        onChange={(event) => setPrompt(event.target.value)}
      />
      <Menu<StageId | ''>
        label={say('prompt.stopAt')}
        value={stopAt?.id ?? ''}
        options={stages.map(({ id, output }) => ({
          value: id,
          label: `${id}  ${output.width}×${output.height}`,
        }))}
        onChange={setChosen}
        isDisabled={pack === undefined}
      />
      <Button type="submit" isStrong disabled={pack === undefined || isReadOnly || prompt.trim() === ''}>
        {say('prompt.generate')}
      </Button>
    </form>
  );
}
