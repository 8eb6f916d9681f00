/**
 * Everything that a studio's window may ask of main, over whatever carries the channel: a MessagePort under Electron, a WebSocket
 * in the browser. Each schema has limits, and what does not parse closes the channel. Pictures and films do not travel here but
 * by URL (`media-url.ts`), except previews, which are small and droppable.
 */
import { z } from 'zod';
import { applicationFactsSchema, machineReportSchema } from './application';
import { bringGivenSchema, bringStartSchema, broughtSchema } from './brought';
import { desktopRequests, desktopStreams } from './desktop';
import {
  exportListSchema,
  exportPlanSchema,
  exportPresetsSchema,
  exportRequestSchema,
  planExportSchema,
  startExportSchema,
} from './exports';
import { browseSchema, folderListSchema } from './folders';
import {
  generatedSchema,
  generateSchema,
  jobEventSchema,
  prepareGenerationSchema,
  queueActionSchema,
  queueFactsSchema,
} from './jobs';
import { estimateRequestSchema, ladderEventSchema, ladderSchema, laddersRequestSchema } from './ladder';
import { mediaRequests, mediaStreams } from './media';
import {
  installPackEventSchema,
  installPackSchema,
  packCardSchema,
  packListSchema,
  packPictureRequestSchema,
  packPictureSchema,
  packRequestSchema,
} from './packs';
import { projectArchiveRequests, projectArchiveStreams } from './project-archives';
import { projectLibraryRequests } from './project-library';
import {
  acknowledgementSchema,
  applyEditSchema,
  changesRequestSchema,
  closeProjectSchema,
  folderAnswerSchema,
  folderRequestSchema,
  newProjectSchema,
  openedProjectSchema,
  openRequestSchema,
  projectEventSchema,
  retitleSchema,
  saveAsSchema,
  saveStateSchema,
  takenBackSchema,
} from './projects';
import { settingsChangeSchema, settingsSchema } from './settings';
import { staleTakesEventSchema, staleTakesRequestSchema } from './stale-takes';
import { storageRequests } from './storage';
import { nothingSchema } from './text';
import { unusedMediaRequests } from './unused-media';

const always = (): string => 'newest';

/** Of a take only the newest ladder waits for a slow reader. */
function ladderOf(event: unknown): string | undefined {
  return ladderEventSchema.pick({ takeId: true }).loose().safeParse(event).data?.takeId;
}

const droppableSchema = z.object({ job: z.string(), event: z.object({ kind: z.enum(['progress', 'preview']) }) });
/** Of progress and previews only the newest of each job waits: neither ever holds a step up. */
function droppable(event: unknown): string | undefined {
  const { data } = droppableSchema.safeParse(event);
  return data && `${data.job} ${data.event.kind}`;
}

export const studioContract = {
  requests: {
    application: { request: nothingSchema, response: applicationFactsSchema },
    machineReport: { request: nothingSchema, response: machineReportSchema },
    /** Answers with the settings as they are then. */
    changeSettings: { request: settingsChangeSchema, response: settingsSchema },
    browseFolder: { request: browseSchema, response: folderListSchema },
    ...desktopRequests,
    ...storageRequests,

    packs: { request: nothingSchema, response: packListSchema },
    packCard: { request: packRequestSchema, response: packCardSchema },
    packPicture: { request: packPictureRequestSchema, response: packPictureSchema },
    /** Throws `invalid-argument` while something is made with it. */
    removePack: { request: packRequestSchema, response: nothingSchema },

    ...projectLibraryRequests,
    createProject: { request: newProjectSchema, response: openedProjectSchema },
    openProject: { request: folderRequestSchema, response: openedProjectSchema },
    closeProject: { request: closeProjectSchema, response: nothingSchema },
    applyEdit: { request: applyEditSchema, response: acknowledgementSchema },
    undo: { request: openRequestSchema, response: takenBackSchema },
    redo: { request: openRequestSchema, response: takenBackSchema },
    retrySave: { request: openRequestSchema, response: saveStateSchema },
    saveProjectAs: { request: saveAsSchema, response: folderAnswerSchema },
    /** A copy under another title; answers with its folder. */
    duplicateProject: { request: retitleSchema, response: folderAnswerSchema },
    /** Of an open project the title changes; of a closed one its folder, too. */
    renameProject: { request: retitleSchema, response: folderAnswerSchema },
    ...projectArchiveRequests,
    ...unusedMediaRequests,

    estimate: { request: estimateRequestSchema, response: ladderSchema },
    bringGiven: { request: bringGivenSchema, response: broughtSchema },
    bringStart: { request: bringStartSchema, response: broughtSchema },
    prepareGeneration: { request: prepareGenerationSchema, response: nothingSchema },
    generate: { request: generateSchema, response: generatedSchema },
    changeQueue: { request: queueActionSchema, response: nothingSchema },

    ...mediaRequests,

    exportPresets: { request: nothingSchema, response: exportPresetsSchema },
    planExport: { request: planExportSchema, response: exportPlanSchema },
    startExport: { request: startExportSchema, response: exportRequestSchema },
    /** Of an export that has ended: takes it off the list. */
    cancelExport: { request: exportRequestSchema, response: nothingSchema },
  },
  /** Those of states begin with the present one, so that whoever connects again sees what is. */
  streams: {
    settings: { request: nothingSchema, event: settingsSchema, latestWins: always },
    ...desktopStreams,
    /** The packs of `packs`, anew whenever one comes or goes, or another is preferred. */
    packList: { request: nothingSchema, event: packListSchema, latestWins: always },
    installPack: { request: installPackSchema, event: installPackEventSchema },
    ...projectArchiveStreams,
    projectChanges: { request: changesRequestSchema, event: projectEventSchema },
    ...mediaStreams,
    ladders: { request: laddersRequestSchema, event: ladderEventSchema, latestWins: ladderOf },
    staleTakes: { request: staleTakesRequestSchema, event: staleTakesEventSchema, latestWins: always },
    queue: { request: nothingSchema, event: queueFactsSchema, latestWins: always },
    jobEvents: { request: nothingSchema, event: jobEventSchema, latestWins: droppable },
    exports: { request: nothingSchema, event: exportListSchema, latestWins: always },
  },
};
export type StudioContract = typeof studioContract;
