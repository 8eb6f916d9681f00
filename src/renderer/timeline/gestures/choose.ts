/** Which gesture a press begins: from what lies under it, the tool in hand and the keys held. */
import type { Clip } from '#shared/project/clip';
import type { Hit } from '../model/hit-test';
import { clicked, type ClickMode } from '../model/selection';
import { dissolving } from './dissolve';
import { fading } from './fade';
import type { Gesture, PointerAt, Scene } from './gesture';
import { levelling } from './level';
import { selecting } from './marquee';
import { moving } from './move';
import { rolling } from './roll';
import { sliding } from './slide';
import { slipping } from './slip';
import { stretching } from './stretch';
import { trimming } from './trim';
import { zooming } from './zoom';

export const tools = ['select', 'ripple', 'roll', 'slip', 'slide', 'stretch'] as const;
export type Tool = (typeof tools)[number];

export interface Keys {
  readonly shift: boolean;
  /** Control, or Command on a Mac. */
  readonly mod: boolean;
  readonly alt: boolean;
}

/** Undefined where nothing can be dragged. `scene` with the selection before the press. */
export function gestureFor(scene: Scene, hit: Hit, tool: Tool, keys: Keys, at: PointerAt): Gesture | undefined {
  switch (hit.kind) {
    case 'ladder':
      return undefined;
    case 'empty':
    case 'gap':
      return keys.alt ? zooming(scene, at) : selecting(scene, at, keys.shift || keys.mod);
    case 'edge':
      return hit.row.track.locked ? undefined : edgeGesture(scene, hit, tool, keys, at);
    case 'handle':
      return hit.row.track.locked ? undefined : handleGesture(scene, hit, keys, at);
    case 'clip':
      return hit.row.track.locked ? undefined : clipGesture(scene, hit.clip, tool, keys, at);
  }
}

function clipGesture(scene: Scene, clip: Clip, tool: Tool, keys: Keys, at: PointerAt): Gesture {
  if (tool === 'slip' || keys.alt) return slipping(scene, at, clip);
  if (tool === 'slide') return sliding(scene, at, clip);
  const selection = scene.selection.has(clip.id)
    ? scene.selection
    : clicked(scene.project, scene.selection, clip, clickMode(keys));
  return moving({ ...scene, selection }, at);
}

function handleGesture(
  scene: Scene,
  { clip, handle, row }: Extract<Hit, { kind: 'handle' }>,
  keys: Keys,
  at: PointerAt,
): Gesture | undefined {
  switch (handle.kind) {
    case 'fade':
      return fading(scene, at, clip, handle.edge);
    case 'dissolve':
      return dissolving(scene, at, { clip, edge: handle.edge, ripples: keys.mod });
    case 'level':
      return levelling(scene, at, clip, row);
  }
}

function edgeGesture(
  scene: Scene,
  { clip, edge, isCut }: Extract<Hit, { kind: 'edge' }>,
  tool: Tool,
  keys: Keys,
  at: PointerAt,
): Gesture | undefined {
  if (tool === 'stretch' && edge === 'end') return stretching(scene, at, clip);
  if (isCut && (tool === 'roll' || (tool === 'select' && keys.alt))) return rolling(scene, at, clip, edge);
  return trimming(scene, at, clip, edge, tool === 'ripple' || keys.mod);
}

export function clickMode({ shift, mod }: Keys): ClickMode {
  if (mod) return 'toggle';
  return shift ? 'extend' : 'replace';
}
