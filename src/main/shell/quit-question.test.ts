import { expect, it } from 'vitest';
import { quitQuestion } from './quit-question';

it('asks before quitting only what is at stake', () => {
  const words = { message: 'Quit?', jobs: 'shots', exports: 'files', unsaved: 'edits', quit: 'Quit', stay: 'Stay' };
  const nothing = { jobs: false, exports: false, unsaved: false };
  expect(quitQuestion(nothing, words)).toBeUndefined();
  expect(quitQuestion({ ...nothing, jobs: true }, undefined)).toBeUndefined();
  expect(quitQuestion({ ...nothing, jobs: true }, words)?.detail).toBe('shots');
  expect(quitQuestion({ jobs: true, exports: true, unsaved: true }, words)).toEqual({
    message: 'Quit?',
    detail: 'edits\n\nfiles\n\nshots',
    buttons: ['Stay', 'Quit'],
  });
});
