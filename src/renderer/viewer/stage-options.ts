/** The stages of a pack as they are offered in the viewer's menus. Pure. */
import type { StageSpec } from '#shared/pack-manifest';
import type { Option } from '../controls/Choice';

export function stageOptions(stages: readonly StageSpec[]): readonly Option<string>[] {
  return stages.map(({ id, output }) => ({ value: id, label: `${id}  ${output.width}×${output.height}` }));
}
