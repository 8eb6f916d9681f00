/** What is looked at, and what there is to paint of it: for every layer of the frame its picture, and which frame of that. Pure. */
import { layersAt, type Layer } from '#shared/edit/layers-at';
import type { StageId } from '#shared/pack-manifest';
import type { Clip } from '#shared/project/clip';
import type { MediaId, TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { isReady, type MediaState } from '../media/media-store';
import type { MediaPicture } from '../media/media-picture';
import type { WorkState } from '../studio/work-store';
import type { ShownPicture } from './exact-frame';
import { pictureOf, type Picture } from './picture-of';

/** `actual`: one pixel of the picture for each of the screen. */
export type PictureScale = 'fit' | 'actual';

export interface Scene extends Pick<WorkState, 'ladders' | 'previews'>, Pick<MediaState, 'standings'> {
  readonly project: Project;
  readonly playhead: number;
  readonly rate: number;
  readonly scale: PictureScale;
  /** Absent: the edit. */
  readonly stage: StageId | undefined;
  /** A take, and the one that is shown in its place. */
  readonly instead?: { readonly of: TakeId; readonly takeId: TakeId } | undefined;
}

export interface ShownLayer extends ShownPicture {
  readonly layer: Layer;
}

export function shownAt(scene: Scene): readonly ShownLayer[] {
  return layersAt(scene.project, scene.playhead).flatMap((layer) => {
    const { source } = layer.clip;
    const picture =
      source.kind === 'media'
        ? mediaPicture(scene, layer.clip, source.mediaId)
        : takePicture(scene, takeShown(scene, source.takeId), source.stage);
    if (picture === undefined) return [];
    return [{ layer, picture, frame: layer.sourceFrame, frames: layer.sourceFrames, opacity: layer.opacity }];
  });
}

function takePicture(scene: Scene, takeId: TakeId, ownStage: StageId | undefined): Picture | undefined {
  const { ladders, previews, stage } = scene;
  return pictureOf(ladders.get(takeId), previews.get(takeId), stage ?? ownStage);
}

/** Undefined for what is missing: like a stage that was not made. */
function mediaPicture({ project, standings }: Scene, { id }: Clip, mediaId: MediaId): MediaPicture | undefined {
  const media = project.media.get(mediaId);
  const standing = standings.get(mediaId);
  if (media === undefined || media.kind === 'audio' || standing?.file.kind !== 'here') return undefined;
  return { kind: 'media', media, clipId: id, isPlayable: isReady(standing.film), size: project.size };
}

/** Whether main has said of every take in sight what there is of it. */
export function isKnown(scene: Scene): boolean {
  return layersAt(scene.project, scene.playhead).every(
    ({ clip: { source } }) => source.kind !== 'shot' || scene.ladders.has(takeShown(scene, source.takeId)),
  );
}

function takeShown({ instead }: Scene, takeId: TakeId): TakeId {
  return instead?.of === takeId ? instead.takeId : takeId;
}
