/**
 * Ids of what a project holds. The kind is part of the id: a shot's id cannot be taken for a clip's, and no id can be a name that
 * JavaScript objects inherit (`constructor`, `__proto__`).
 */
import { z } from 'zod';

function idPattern(kind: string): RegExp {
  return new RegExp(`^${kind}-[a-z0-9]{1,32}$`);
}

export const projectIdSchema = z.string().regex(idPattern('project')).brand<'ProjectId'>();
export type ProjectId = z.infer<typeof projectIdSchema>;
export const trackIdSchema = z.string().regex(idPattern('track')).brand<'TrackId'>();
export type TrackId = z.infer<typeof trackIdSchema>;
export const clipIdSchema = z.string().regex(idPattern('clip')).brand<'ClipId'>();
export type ClipId = z.infer<typeof clipIdSchema>;
export const markerIdSchema = z.string().regex(idPattern('marker')).brand<'MarkerId'>();
export type MarkerId = z.infer<typeof markerIdSchema>;
export const shotIdSchema = z.string().regex(idPattern('shot')).brand<'ShotId'>();
export type ShotId = z.infer<typeof shotIdSchema>;
export const takeIdSchema = z.string().regex(idPattern('take')).brand<'TakeId'>();
export type TakeId = z.infer<typeof takeIdSchema>;
export const mediaIdSchema = z.string().regex(idPattern('media')).brand<'MediaId'>();
export type MediaId = z.infer<typeof mediaIdSchema>;
export const editIdSchema = z.string().regex(idPattern('edit')).brand<'EditId'>();
export type EditId = z.infer<typeof editIdSchema>;

export const newProjectId = (): ProjectId => projectIdSchema.parse(`project-${randomPart()}`);
export const newTrackId = (): TrackId => trackIdSchema.parse(`track-${randomPart()}`);
export const newClipId = (): ClipId => clipIdSchema.parse(`clip-${randomPart()}`);
export const newMarkerId = (): MarkerId => markerIdSchema.parse(`marker-${randomPart()}`);
export const newShotId = (): ShotId => shotIdSchema.parse(`shot-${randomPart()}`);
export const newTakeId = (): TakeId => takeIdSchema.parse(`take-${randomPart()}`);
export const newMediaId = (): MediaId => mediaIdSchema.parse(`media-${randomPart()}`);
export const newEditId = (): EditId => editIdSchema.parse(`edit-${randomPart()}`);

/** 80 random bits as 20 hexadecimal digits: a collision among a million ids has a chance of 4 in 10^13. */
function randomPart(): string {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
