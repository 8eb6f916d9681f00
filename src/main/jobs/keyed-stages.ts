/** The stages of a shot with their addresses: what is to be looked up, and made where it is not there. Pure. */
import type { PlannedStage } from '#engine/plan';
import { planCascade } from '#engine/plan-cascade';
import { SluiceError } from '#shared/errors';
import type { Shot } from '#shared/shot';
import type { Sha256 } from '#shared/units';
import { stageKey, type StageInput } from '../artifacts/stage-key';
import type { Pack } from '../packs/pack';

export interface KeyedStage {
  readonly stage: PlannedStage;
  readonly key: Sha256;
  /** Address of the clip that it enlarges; absent for the base. */
  readonly inputKey?: Sha256;
}

/** Throws what `planCascade` throws. */
export function keyStages(pack: Pack, shot: Shot): readonly [KeyedStage, ...KeyedStage[]] {
  const keyed: KeyedStage[] = [];
  let input: StageInput = shot.startFrom
    ? { kind: 'imported', sha256: shot.startFrom.source.sha256 }
    : { kind: 'none' };
  for (const stage of planCascade(pack.manifest, shot).stages) {
    const key = stageKey(pack.hash, shot, stage, input);
    const inputKey = addressOf(input);
    keyed.push({ stage, key, ...(inputKey && { inputKey }) });
    input = { kind: 'stage', key };
  }
  const [first, ...others] = keyed;
  if (first === undefined) throw new SluiceError('internal', 'The plan of a shot has no stages.');
  return [first, ...others];
}

/** Addresses of the frames that a person brought to the shot. */
export function importedKeys(shot: Shot): readonly Sha256[] {
  const given = shot.given.map(({ source }) => source.sha256);
  return shot.startFrom === undefined ? given : [...given, shot.startFrom.source.sha256];
}

function addressOf(input: StageInput): Sha256 | undefined {
  switch (input.kind) {
    case 'none':
      return undefined;
    case 'stage':
      return input.key;
    case 'imported':
      return input.sha256;
  }
}
