import { expect, it } from 'vitest';
import type { CascadeEvent } from '#main/jobs/cascade-job';
import { progressLines } from './progress-lines';
import { afterEvent, initialProgress } from './progress-state';
import { columnsOf, painter } from './text';

const stage = (id: string, frames: number, width: number, height: number, steps: number): object => ({
  id,
  output: { frames, width, height, fps: 3 },
  steps: Array.from({ length: steps }),
});
const preview = { frames: 1, height: 4, width: 8, fps: 3, rgb: new Uint8Array(96).fill(9) };
const events = [
  {
    kind: 'planned',
    stages: [stage('base', 16, 40, 24, 8), stage('tsr-6', 32, 40, 24, 1), stage('ssr-768', 128, 1280, 768, 2)],
    reused: ['base'],
    remainingSec: 20,
  },
  { kind: 'provider', provider: 'cpu', rejected: [{ provider: 'cuda', reason: 'no such library' }] },
  { kind: 'stage-finished', stage: 'base', key: '', seconds: 0, reused: true },
  { kind: 'stage-started', stage: 'tsr-6', resumedAtStep: 0 },
  { kind: 'stage-finished', stage: 'tsr-6', key: '', seconds: 1.25, reused: false },
  { kind: 'stage-started', stage: 'ssr-768', resumedAtStep: 0 },
  { kind: 'preview', stage: 'ssr-768', step: 0, preview },
  { kind: 'progress', stage: 'ssr-768', step: 1, steps: 2, stageShare: 0.75, remainingSec: 8 },
] as unknown as CascadeEvent[];
const state = events.reduce((before, event, i) => afterEvent(before, event, i * 1000), initialProgress(0));
const screen = { columns: 80, rows: 40, paint: painter(false), trueColour: false };

it('shows every stage with its state, steps and time, and the whole', () => {
  expect(progressLines(state, ['a prompt'], screen, 10_000)).toEqual([
    '  a prompt',
    '',
    '  ✓ base     16 × 40×24      ━━━━━━━━━━━━━━━━━━━━━━━━  8 steps       kept',
    '  ✓ tsr-6    32 × 40×24      ━━━━━━━━━━━━━━━━━━━━━━━━   1 step      1.3 s',
    '  ⠋ ssr-768  128 × 1280×768  ━━━━━━━━━━━━━━━━━━──────      2/2      5.0 s',
    '',
    '  10 s so far, about 5.0 s left · on cpu (not cuda)',
  ]);
});

it('shows the thumbnail where colours and room allow it', () => {
  expect(progressLines(state, ['a prompt'], { ...screen, trueColour: true }, 10_000).join('')).toContain('▀');
  expect(progressLines(state, ['a prompt'], { ...screen, trueColour: true, rows: 11 }, 10_000).join('')).not.toContain(
    '▀',
  );
});

it('fits narrow terminals, giving up bars and shapes first', () => {
  for (const columns of [30, 40, 50, 60, 70]) {
    const lines = progressLines(state, [], { ...screen, columns, trueColour: true }, 10_000);
    expect(Math.max(...lines.slice(1, 4).map(columnsOf))).toBeLessThan(columns);
    expect(lines.find((line) => line.includes('ssr-768'))).toContain('2/2');
  }
});

it('says what it does when the file is written', () => {
  const lines = progressLines({ ...state, exporting: { title: 'a.mp4', share: 0.5 } }, [], screen, 10_000);
  expect(lines.at(-1)).toContain('writing a.mp4');
  expect(lines.at(-1)).toContain('50 %');
});
