/**
 * What is painted inside a clip, under its name: one painter for each kind of source. A kind more is a row more; a painter draws into
 * the box and nowhere else, and asks to be called `again` when what it waits for is there.
 */
import type { Clip } from '#shared/project/clip';
import type { Project } from '#shared/project/project';
import { paintImageBody, paintSoundBody, paintVideoBody } from './paint-media-body';
import { paintShotBody } from './paint-shot-body';
import type { RowsScene } from './paint-rows';

/** In pixels of the canvas; `left` and `right` reach beyond what is in sight where the clip does. */
export interface Body {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  /** Of the canvas: nothing beyond is seen. */
  readonly width: number;
}

export type BodyPainter = (
  context: CanvasRenderingContext2D,
  body: Body,
  clip: Clip,
  scene: RowsScene,
  again: () => void,
) => void;

export type BodyKind = 'shot' | 'video' | 'image' | 'audio';

const painters: Readonly<Record<BodyKind, BodyPainter>> = {
  shot: paintShotBody,
  video: paintVideoBody,
  image: paintImageBody,
  audio: paintSoundBody,
};

/** On a track of sound a film is heard, not seen. Undefined where the project does not hold the source. */
function bodyKind({ media, tracks }: Project, { source, trackId }: Clip): BodyKind | undefined {
  if (source.kind === 'shot') return 'shot';
  return tracks.get(trackId)?.kind === 'audio' ? 'audio' : media.get(source.mediaId)?.kind;
}

export function paintBody(...[context, body, clip, scene, again]: Parameters<BodyPainter>): void {
  const kind = bodyKind(scene.project, clip);
  if (kind !== undefined) painters[kind](context, body, clip, scene, again);
}
