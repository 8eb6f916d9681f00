/** A new project: its title, the size of its picture, its frame rate, and where it goes. It opens when it is made. */
import { useState } from 'react';
import { Button } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { FormDialog } from '../controls/FormDialog';
import { Field } from '../controls/Field';
import { NumberField } from '../controls/NumberField';
import { TextField } from '../controls/TextField';
import { choosePaths } from '../files/choose-paths';
import { useApplication } from '../settings/use-application';
import { useSay, useSettings, useStudio, useWork } from '../studio/use-studio';
import { isTitle, longestTitle, offeredSizes, sizeName, usualFrameRates } from './new-project-shape';
import { switchProject } from './switch-project';

interface Props {
  readonly onClose: () => void;
  readonly onMade: () => void;
}

const other = 'other';
const mostPixels = 8192;

export function NewProject({ onClose, onMade }: Props) {
  const say = useSay();
  const studio = useStudio();
  const [title, setTitle] = useState('');
  const [parent, setParent] = useState<string>();
  const [rate, setRate] = useState('24');
  const ofPack = useWork(({ packs }) => packs.find(({ isPreferred }) => isPreferred)?.manifest.stages.at(-1)?.output);
  const [size, setSize] = useState(() => offeredSizes(ofPack)[0] ?? { width: 1280, height: 768 });
  const isReady = isTitle(title);
  const make = async (): Promise<void> => {
    if (!isReady) return;
    const frameRate = usualFrameRates.get(rate);
    const asked = {
      title: title.trim(),
      size,
      ...(frameRate && { frameRate }),
      ...(parent !== undefined && { parent }),
    };
    if (await switchProject(studio, (channel) => channel.request('createProject', asked))) onMade();
  };
  return (
    <FormDialog
      title={say('projects.new')}
      action={say('projects.create')}
      isReady={isReady}
      onAct={() => void make()}
      onClose={onClose}
    >
      <Field name={say('projects.name')}>
        <TextField
          label={say('projects.name')}
          value={title}
          onChange={setTitle}
          onEnter={() => void make()}
          maxLength={longestTitle}
          isFocused
        />
      </Field>
      <SizeField size={size} onChange={setSize} />
      <Field name={say('projects.frameRate')}>
        <Menu
          label={say('projects.frameRate')}
          value={rate}
          onChange={setRate}
          options={[...usualFrameRates.keys()].map((value) => ({
            value,
            label: say('projects.framesPerSecond', { rate: value }),
          }))}
        />
      </Field>
      <PlaceField parent={parent} onChange={setParent} />
    </FormDialog>
  );
}

interface SizeProps {
  readonly size: { readonly width: number; readonly height: number };
  readonly onChange: (size: { width: number; height: number }) => void;
}

function SizeField({ size, onChange }: SizeProps) {
  const say = useSay();
  const ofPack = useWork(({ packs }) => packs.find(({ isPreferred }) => isPreferred)?.manifest.stages.at(-1)?.output);
  const offered = offeredSizes(ofPack);
  const [isOther, setOther] = useState(false);
  const labelOf = (name: string): string =>
    ofPack !== undefined && sizeName(ofPack) === name ? say('projects.sizeOfPack', { size: name }) : name;
  const options = offered.map((each) => ({ value: sizeName(each), label: labelOf(sizeName(each)) }));
  const choose = (value: string): void => {
    setOther(value === other);
    const chosen = offered.find((each) => sizeName(each) === value);
    if (chosen !== undefined) onChange(chosen);
  };
  return (
    <Field name={say('projects.size')}>
      <Menu
        label={say('projects.size')}
        value={isOther ? other : sizeName(size)}
        onChange={choose}
        options={[...options, { value: other, label: say('projects.sizeOther') }]}
      />
      {isOther &&
        (['width', 'height'] as const).map((side) => (
          <NumberField
            key={side}
            label={say(side === 'width' ? 'projects.width' : 'projects.height')}
            value={size[side]}
            least={16}
            most={mostPixels}
            step={2}
            onChange={(value) => onChange({ ...size, [side]: value })}
          />
        ))}
    </Field>
  );
}

function PlaceField({
  parent,
  onChange,
}: {
  readonly parent: string | undefined;
  readonly onChange: (parent: string) => void;
}) {
  const say = useSay();
  const studio = useStudio();
  const usual = useSettings(({ projectsFolder }) => projectsFolder);
  const application = useApplication();
  const shown = parent ?? usual ?? application?.defaultProjectsFolder ?? '';
  const change = async (): Promise<void> => {
    const [folder] = await choosePaths(studio, { kind: 'folder', title: say('projects.pickPlace'), startIn: shown });
    if (folder !== undefined) onChange(folder);
  };
  return (
    <Field name={say('projects.place')} hint={shown}>
      <Button onClick={() => void change()}>{say('projects.change')}</Button>
    </Field>
  );
}
