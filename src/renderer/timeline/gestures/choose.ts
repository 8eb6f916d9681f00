/** Which gesture a press begins: from what lies under it, the tool in hand and the keys held. */
import type { Hit } from '../model/hit-test';
import { clicked, type ClickMode } from '../model/selection';
import type { Gesture, PointerAt, Scene } from './gesture';
import { selecting } from './marquee';
import { moving } from './move';
import { rolling } from './roll';
import { slipping } from './slip';
import { trimming } from './trim';
import { zooming } from './zoom';

export const tools = ['select', 'ripple', 'roll', 'slip'] as const;
export type Tool = (typeof tools)[number];

export interface Keys {
  readonly shift: boolean;
  /** Control, or Command on a Mac. */
  readonly mod: boolean;
  readonly alt: boolean;
}

/** Undefined where nothing can be dragged. `scene` with the selection before the press. */
export function gestureFor(scene: Scene, hit: Hit, tool: Tool, keys: Keys, at: PointerAt): Gesture | undefined {
  if (hit.kind === 'ladder') return undefined;
  if (hit.kind === 'empty') return keys.alt ? zooming(scene, at) : selecting(scene, at, keys.shift || keys.mod);
  if (hit.row.track.locked) return undefined;
  if (hit.kind === 'edge') return edgeGesture(scene, hit, tool, keys, at);
  if (tool === 'slip' || keys.alt) return slipping(scene, at, hit.clip);
  const selection = scene.selection.has(hit.clip.id)
    ? scene.selection
    : clicked(scene.project, scene.selection, hit.clip, clickMode(keys));
  return moving({ ...scene, selection }, at);
}

function edgeGesture(
  scene: Scene,
  { clip, edge, isCut }: Extract<Hit, { kind: 'edge' }>,
  tool: Tool,
  keys: Keys,
  at: PointerAt,
): Gesture | undefined {
  if (isCut && (tool === 'roll' || (tool === 'select' && keys.alt))) return rolling(scene, at, clip, edge);
  return trimming(scene, at, clip, edge, tool === 'ripple' || keys.mod);
}

export function clickMode({ shift, mod }: Keys): ClickMode {
  if (mod) return 'toggle';
  return shift ? 'extend' : 'replace';
}
