/** What is exported: the edit, the part between in and out, or a stage of the selected clip. */
import { Field } from '../controls/Field';
import { Menu } from '../controls/Choice';
import { useDocument, useSay } from '../studio/use-studio';
import { useStages, type ExportForm } from './use-export-form';

const highest = 'HIGHEST';

export function WhatFields({ form: { what, setWhat, selected } }: { readonly form: ExportForm }) {
  const say = useSay();
  const range = useDocument(({ project }) => project.range);
  const stages = useStages(selected);
  const options = [
    { value: 'edit' as const, label: say('export.edit') },
    { value: 'range' as const, label: say('export.range'), isDisabled: range === undefined },
    {
      value: 'take' as const,
      label: selected
        ? say('export.take', { shot: selected.shot.name, take: selected.take.number })
        : say('export.noTake'),
      isDisabled: selected === undefined || stages.length === 0,
    },
  ];
  return (
    <>
      <Field name={say('export.what')}>
        <Menu label={say('export.what')} value={what.kind} options={options} onChange={(kind) => setWhat({ kind })} />
      </Field>
      {what.kind === 'take' && (
        <Field name={say('export.stage')}>
          <Menu
            label={say('export.stage')}
            value={what.stage ?? highest}
            options={[
              { value: highest, label: say('export.highest') },
              ...stages.map(({ stage, shown }) => ({
                value: String(stage),
                label: `${stage}  ${shown?.width ?? 0}×${shown?.height ?? 0}`,
              })),
            ]}
            onChange={(value) => setWhat({ kind: 'take', stage: stages.find(({ stage }) => stage === value)?.stage })}
          />
        </Field>
      )}
    </>
  );
}
