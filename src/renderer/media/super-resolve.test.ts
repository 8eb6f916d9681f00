import { expect, test } from 'vitest';
import { boatClip, film, still, withClips } from '#shared/project/project.test-fixtures';
import { filmOf } from './super-resolve';

const project = withClips('a');
const showing = (mediaId: typeof film.id, inFrame: number) =>
  boatClip('m', { inFrame, source: { kind: 'media', mediaId } });

test('a film is taken from the frame on that its clip shows first', () => {
  expect(filmOf(project, [boatClip('a'), showing(film.id, 17)])).toEqual({ mediaId: film.id, fromFrame: 17 });
});

test('neither a shot nor a still is a film', () => {
  expect(filmOf(project, [boatClip('a'), showing(still.id, 0)])).toBeUndefined();
});
