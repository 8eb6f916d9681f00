// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { Film, type Onlooker } from './film';

beforeEach(() => {
  HTMLMediaElement.prototype.pause = () => undefined;
});

/** With the video element that it plays from, which jsdom does not play. */
function film() {
  const create = vi.spyOn(document, 'createElement');
  const made = new Film('/film.mp4', 24);
  const video = create.mock.results.at(-1)?.value as HTMLVideoElement;
  create.mockRestore();
  return { made, video };
}

const onlooker = (): Onlooker & { readonly told: ReturnType<typeof vi.fn> } => {
  const told = vi.fn();
  return { exact: () => undefined, onReady: told, told };
};

test('tells everyone who looks at a film, not only who looked first', () => {
  const { made, video } = film();
  const [viewer, comparison] = [onlooker(), onlooker()];
  made.picture(3, 0, viewer);
  made.picture(3, 0, comparison);
  video.dispatchEvent(new Event('seeked'));
  expect([viewer.told.mock.calls.length, comparison.told.mock.calls.length]).toEqual([1, 1]);
});

test('tells who looked away no more', () => {
  const { made, video } = film();
  const [viewer, gone] = [onlooker(), onlooker()];
  for (const one of [viewer, gone]) made.picture(3, 0, one);
  video.dispatchEvent(new Event('loadeddata'));
  made.picture(4, 0, viewer);
  video.dispatchEvent(new Event('seeked'));
  expect([viewer.told.mock.calls.length, gone.told.mock.calls.length]).toEqual([2, 1]);
});

test('asks whoever looks now for the exact frame', () => {
  const { made } = film();
  const still = new Image();
  made.picture(3, 0, onlooker());
  expect(made.picture(3, 0, { exact: () => still, onReady: () => undefined })).toBe(still);
});

test('plays on while it is looked at, and no longer', () => {
  vi.useFakeTimers();
  HTMLMediaElement.prototype.play = () => Promise.resolve();
  const { made, video } = film();
  const pause = vi.spyOn(video, 'pause');
  made.picture(3, 1, onlooker());
  vi.advanceTimersByTime(900);
  video.dispatchEvent(new Event('timeupdate'));
  expect(pause).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  video.dispatchEvent(new Event('timeupdate'));
  expect(pause).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test('a film that came to its end stays there, and does not begin again', () => {
  const play = vi.fn(() => Promise.resolve());
  HTMLMediaElement.prototype.play = play;
  const { made, video } = film();
  const stand = { currentTime: 4, paused: true, ended: true };
  for (const name of ['currentTime', 'paused', 'ended'] as const)
    Object.defineProperty(video, name, {
      get: () => stand[name],
      set: (value: unknown) => Object.assign(stand, { [name]: value }),
    });
  made.picture(95, 1, onlooker());
  expect(play).not.toHaveBeenCalled();
  expect(stand.currentTime).toBe(4);
  stand.ended = false;
  made.picture(48, 1, onlooker());
  expect(stand.currentTime).toBeCloseTo(48.5 / 24, 9);
  expect(play).toHaveBeenCalledOnce();
});
