/** Projects that are not open: what the start screen shows of them, and how they come to and leave the list. */
import { z } from 'zod';
import { projectIdSchema } from '../project/ids';
import { nameSchema } from '../project/text';
import { frameRateSchema } from '../project/time';
import { sha256Schema, sizeSchema } from '../units';
import { artifactFactsSchema } from './artifact-facts';
import { folderRequestSchema, openedProjectSchema } from './projects';
import { nothingSchema, pathSchema } from './text';

export const recentProjectSchema = z.strictObject({
  folder: pathSchema,
  id: projectIdSchema,
  title: z.string().max(200),
  openedAt: z.string().max(40),
  /** False: its folder is gone, or on a disk that is not there. */
  exists: z.boolean(),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

/** Newest first. */
export const recentProjectsSchema = z.strictObject({ projects: z.array(recentProjectSchema).max(100) });

export const projectCoverSchema = z.strictObject({
  /** Kept frames of its first clip that has a picture. */
  picture: artifactFactsSchema.optional(),
  /** Where that is of imported media: their hash, for `importedThumbnailUrl`. Absent as well: there is nothing to see. */
  thumbnail: sha256Schema.optional(),
  clips: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  size: sizeSchema,
  frameRate: frameRateSchema,
});
export type ProjectCover = z.infer<typeof projectCoverSchema>;

/** In the window's language. What was drawn by a program, not generated, must say so. */
export const sampleSchema = z.strictObject({
  title: nameSchema,
  drawnTitle: nameSchema,
  /** Before the name of each shot that was drawn. */
  drawn: z.string().min(1).max(60),
});

export const projectLibraryRequests = {
  recentProjects: { request: nothingSchema, response: recentProjectsSchema },
  forgetProject: { request: folderRequestSchema, response: nothingSchema },
  projectCover: { request: folderRequestSchema, response: projectCoverSchema },
  /** Puts a project back into the list, as it was. */
  rememberProject: { request: recentProjectSchema, response: nothingSchema },
  /** Where nothing was opened before, a project that shows what can be done; else the one that was opened last. */
  createSample: { request: sampleSchema, response: openedProjectSchema },
};
