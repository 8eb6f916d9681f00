/** What the ruler counts in. */
import { Menu } from '../../controls/Choice';
import { useSay, useStudio, useView } from '../../studio/use-studio';
import { rulerUnits, type RulerUnit } from '../model/ruler';

export function RulerUnits() {
  const say = useSay();
  const { view } = useStudio();
  const unit = useView(({ rulerUnit }) => rulerUnit);
  return (
    <Menu<RulerUnit>
      label={say('timeline.rulerUnit')}
      value={unit}
      options={rulerUnits.map((value) => ({ value, label: say(`timeline.unit.${value}`) }))}
      onChange={(rulerUnit) => view.getState().set({ rulerUnit })}
    />
  );
}
