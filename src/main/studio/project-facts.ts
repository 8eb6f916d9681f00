/** Open projects in the words of the contract. */
import type { z } from 'zod';
import { projectJson } from '#shared/project/project';
import type { openedProjectSchema, projectEventSchema, saveStateSchema } from '#shared/studio/projects';
import type { Stacks } from '../projects/entry';
import type { OpenProject, ProjectEvent } from '../projects/open-project';
import type { SaveState } from '../projects/save-state';
import { followEvents } from './follow';
import type { HeldProject } from './open-projects';
import { problemOf } from './problem';

type EventFacts = z.input<typeof projectEventSchema>;

/** Changes that may wait for a slow window; beyond that it is sent the whole project instead. */
const mostWaiting = 500;

export function openedFacts({ id, project }: HeldProject): z.input<typeof openedProjectSchema> {
  return { open: id, folder: project.directory, ...snapshotOf(project) };
}

export function saveStateFacts(state: SaveState): z.input<typeof saveStateSchema> {
  return state.kind === 'unsaved' ? { kind: 'unsaved', edits: state.edits, problem: problemOf(state.error) } : state;
}

/** What happens to a project from `revision` on. */
export async function* projectChanges(
  project: OpenProject,
  revision: number,
  signal: AbortSignal,
): AsyncGenerator<EventFacts> {
  const whole = (): EventFacts => ({ kind: 'snapshot', folder: project.directory, ...snapshotOf(project) });
  const state: EventFacts = { kind: 'state', state: saveStateFacts(project.state) };
  // Saved under another name, it is another project in another folder.
  let { directory } = project;
  const told = (event: ProjectEvent): EventFacts => {
    if (event.kind === 'replaced') return whole();
    if (project.directory === directory) return eventFacts(event);
    ({ directory } = project);
    return whole();
  };
  const merge = (waiting: readonly EventFacts[], next: EventFacts): readonly EventFacts[] =>
    waiting.length >= mostWaiting ? [whole()] : [...waiting, next];
  yield* followEvents<EventFacts>(
    (listener) => project.subscribe((event) => listener(told(event))),
    signal,
    merge,
    revision === project.revision ? [state] : [whole()],
  );
}

function snapshotOf(project: OpenProject) {
  return {
    project: projectJson(project.project),
    revision: project.revision,
    stacks: labelsOf(project.stacks),
    state: saveStateFacts(project.state),
  };
}

function eventFacts(event: Exclude<ProjectEvent, { kind: 'replaced' }>): EventFacts {
  if (event.kind === 'state') return { kind: 'state', state: saveStateFacts(event.state) };
  const { kind: by, id, label, patches, revision, stacks } = event.entry;
  return { kind: 'changed', by, id, label, patches: [...patches], revision, stacks: labelsOf(stacks) };
}

function labelsOf({ undo, redo }: Stacks) {
  return { undo: undo?.label ?? null, redo: redo?.label ?? null };
}
