/** A place for projects, a store as another process would have it, and small edits. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { asEdit } from '#shared/project/edit';
import type { Change } from '#shared/project/change';
import { newMarkerId } from '#shared/project/ids';
import { addMarker } from '#shared/project/edits/markers';
import { Locks } from '../files/lock';
import { announcePresence, type Presence } from '../files/presence';
import type { Acknowledgement, OpenProject } from './open-project';
import { ProjectStore, type ProjectStoreOptions } from './project-store';

export interface Place {
  folder: string;
  /** A store with a presence of its own, as another process would have. */
  store(options?: Partial<ProjectStoreOptions>): Promise<ProjectStore>;
}

/** A new folder for each test, removed after it. */
export function usePlace(): Place {
  const presences: Presence[] = [];
  const stores: ProjectStore[] = [];
  const place: Place = {
    folder: '',
    store: async (options = {}) => {
      const presence = await announcePresence(path.join(place.folder, 'presence'));
      presences.push(presence);
      const locks = new Locks(path.join(place.folder, 'locks'), presence);
      const store = new ProjectStore({ locks, recentFile: path.join(place.folder, 'recent.json'), ...options });
      stores.push(store);
      return store;
    },
  };
  beforeEach(async () => {
    place.folder = await mkdtemp(path.join(tmpdir(), 'sluice-projects-'));
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.closeAll({ discard: true });
    for (const presence of presences.splice(0)) await presence.close();
    await rm(place.folder, { recursive: true, force: true });
  });
  return place;
}

/** Makes a change of the open project and waits until it is acknowledged. */
export function make(project: OpenProject, change: Change): Promise<Acknowledgement> {
  const edit = asEdit(change);
  if (edit === undefined) throw new Error('The change changes nothing.');
  return project.apply({ id: edit.id, label: edit.label, patches: edit.patches });
}

/** A small edit that can be told from others by its frame. */
export function mark(project: OpenProject, frame: number): Promise<Acknowledgement> {
  const marker = { id: newMarkerId(), frame, name: `At ${frame}`, colour: 'red' as const };
  return make(project, addMarker(project.project, { marker }));
}

/** Frames of the markers, in order. */
export function marks(project: OpenProject): readonly number[] {
  return [...project.project.markers.values()].map(({ frame }) => frame).sort((a, b) => a - b);
}
