import { describe, expect, it } from 'vitest';
import { newEditId, newProjectId, newTrackId } from '../project/ids';
import { newProject, projectJson } from '../project/project';
import { openedProjectSchema } from './projects';
import { settingsChangeSchema } from './settings';
import { studioContract } from './studio-contract';

const key = 'a'.repeat(64);
const job = '01234567-89ab-cdef-0123-456789abcdef';

describe('the studio contract', () => {
  it('gives back the project that was sent', () => {
    const track = { id: newTrackId(), kind: 'video', name: 'V1', muted: false, locked: false } as const;
    const project = newProject({ id: newProjectId(), title: 'Harbour', tracks: [track] });
    const sent = {
      open: 'open-0123456789abcdef',
      folder: '/projects/Harbour.sluice',
      project: projectJson(project),
      revision: 3,
      stacks: { undo: 'trim', redo: null },
      state: { kind: 'saved' },
    };
    expect(openedProjectSchema.parse(structuredClone(sent)).project).toEqual(project);
  });

  it('sets nothing that a change does not name', () => {
    expect(settingsChangeSchema.parse({ set: { theme: 'dark' } })).toEqual({ set: { theme: 'dark' }, unset: [] });
  });

  it.each([
    ['an edit without patches', 'applyEdit', { edit: { id: newEditId(), label: 'trim', patches: [] } }],
    ['sixty-five takes at once', 'generate', { takes: Array.from({ length: 65 }, () => 'take-0') }],
    ['a title of 201 characters', 'createProject', { title: 'x'.repeat(201) }],
    ['a path with a null character', 'openProject', { folder: '/a\0b' }],
    ['a field that nobody knows', 'application', { more: true }],
  ] as const)('refuses %s', (_, name, changes) => {
    const { request } = studioContract.requests[name];
    const valid = { open: 'open-0123456789abcdef', ...changes };
    expect(request.safeParse(name === 'applyEdit' || name === 'generate' ? valid : changes).success).toBe(false);
  });

  it('refuses previews of another size than they say, or above a megabyte', () => {
    const { event } = studioContract.streams.jobEvents;
    const preview = (frames: number, bytes: number): unknown => ({
      job,
      event: {
        kind: 'preview',
        stage: 'base',
        step: 0,
        preview: { frames, height: 24, width: 40, fps: 3, rgb: new Uint8Array(bytes) },
      },
    });
    expect(event.safeParse(preview(16, 16 * 24 * 40 * 3)).success).toBe(true);
    expect(event.safeParse(preview(16, 16 * 24 * 40 * 3 - 1)).success).toBe(false);
    expect(event.safeParse(preview(400, 400 * 24 * 40 * 3)).success).toBe(false);
  });

  it('lets only what is replaced by newer news be dropped', () => {
    const { jobEvents, ladders } = studioContract.streams;
    const of = (kind: string): unknown => ({ job, event: { kind } });
    expect(jobEvents.latestWins(of('preview'))).toBe(`${job} preview`);
    expect(jobEvents.latestWins(of('progress'))).toBe(`${job} progress`);
    expect(jobEvents.latestWins({ job, event: { kind: 'stage-finished', key } })).toBeUndefined();
    expect(ladders.latestWins({ takeId: 'take-1', ladder: null })).toBe('take-1');
  });
});
