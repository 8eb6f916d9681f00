/** The parameters of a stage as two people see them: what all takes share, and what one take says instead. Pure. */
import type { StageId } from '#shared/pack-manifest';
import type { Change } from '#shared/project/change';
import { changeStage } from '#shared/project/edits/shots';
import { changeTakeStage } from '#shared/project/edits/takes';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import type { Project } from '#shared/project/project';
import type { StageOverrides } from '#shared/stage-parameters';

/** `shot`: for all takes; `take`: for this one alone. */
export type Scope = 'shot' | 'take';

export interface ScopedStage {
  readonly scope: Scope;
  readonly shot: ProjectShot;
  readonly take: Take;
  readonly stage: StageId;
}

export type StageField = keyof StageOverrides;

/** What was changed in the scope itself. */
export function ownOverrides({ scope, shot, take, stage }: ScopedStage): StageOverrides {
  return (scope === 'shot' ? shot.direction.stages : take.stages)[stage] ?? {};
}

/** What holds in the scope: a take's own on top of what the shot says. */
export function effectiveOverrides({ scope, shot, take, stage }: ScopedStage): StageOverrides {
  const ofShot = shot.direction.stages[stage] ?? {};
  return scope === 'shot' ? ofShot : { ...ofShot, ...take.stages[stage] };
}

/** Where a field was changed, as far as the scope sees it. */
export function changedWhere(scoped: ScopedStage, field: StageField): Scope | undefined {
  if (scoped.scope === 'take' && scoped.take.stages[scoped.stage]?.[field] !== undefined) return 'take';
  return scoped.shot.direction.stages[scoped.stage]?.[field] === undefined ? undefined : 'shot';
}

export function fieldsOf(overrides: StageOverrides): readonly StageField[] {
  const fields: readonly StageField[] = ['steps', 'sampler', 'guidance', 'thresholding', 'augmentationLogSnr', 'seed'];
  return fields.filter((field) => overrides[field] !== undefined);
}

/** Undefined where nothing is left. */
export function withoutField(overrides: StageOverrides, field: StageField): StageOverrides | undefined {
  const others = { ...overrides };
  Reflect.deleteProperty(others, field);
  return fieldsOf(others).length === 0 ? undefined : others;
}

/** Without overrides: what the scope is based on again. */
export function changed(project: Project, scoped: ScopedStage, overrides: StageOverrides | undefined): Change {
  const { scope, shot, take, stage } = scoped;
  const fields = { stage, ...(overrides && { overrides }) };
  return scope === 'shot'
    ? changeStage(project, { shotId: shot.id, ...fields })
    : changeTakeStage(project, { takeId: take.id, ...fields });
}
