/** The progress display as lines of text: one line a stage, a total, and the moving thumbnail beside or below. Pure. */
import type { ProgressState, StageProgress } from './progress-state';
import { remainingAt } from './progress-state';
import { columnsOf, fit, padEnd, padStart, type Paint } from './text';
import { thumbnailLines } from './thumbnail';
import { seconds } from './units';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** Whether thumbnails can be shown. */
  readonly trueColour: boolean;
}

const widestBar = 24;
const narrowestBar = 6;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const spinnerMs = 100;
const indent = '  ';

export function progressLines(
  state: ProgressState,
  heading: readonly string[],
  screen: Screen,
  nowMs: number,
): readonly string[] {
  const text = [
    ...heading.map((line) => indent + line),
    '',
    ...stageLines(state, screen, nowMs),
    '',
    indent + totalLine(state, screen.paint, nowMs),
  ];
  const below = screen.rows - 1 - text.length;
  if (state.preview === undefined || !screen.trueColour || below < 4) return text;
  const { preview } = state.preview;
  const frame = Math.floor(((nowMs - state.startedMs) / 1000) * preview.fps);
  const picture = thumbnailLines(preview, frame, screen.columns - 2 * indent.length, below - 1);
  return picture.length === 0 ? text : [...text, '', ...picture.map((line) => indent + line)];
}

function stageLines(state: ProgressState, screen: Screen, nowMs: number): readonly string[] {
  const names = columnWidth(state.stages, ({ id }) => id);
  const shapes = columnWidth(state.stages, shapeOf);
  const counts = columnWidth(state.stages, ({ steps }) => stepCount(steps));
  return state.stages.map((stage) => {
    const { paint } = screen;
    const head = `${indent}${sign(stage, paint, nowMs)} ${padEnd(stage.id, names)}  ${paint('dim', padEnd(shapeOf(stage), shapes))}  `;
    const tail = `  ${paint('dim', padStart(stepsOf(stage), counts))}  ${padStart(timeOf(stage, nowMs), 9)}`;
    const room = screen.columns - 1 - columnsOf(head) - columnsOf(tail);
    if (room >= narrowestBar) return head + bar(shareOf(stage), Math.min(widestBar, room), paint) + tail;
    return fit(`${indent}${sign(stage, paint, nowMs)} ${padEnd(stage.id, names)}${tail}`, screen.columns - 1);
  });
}

function totalLine(state: ProgressState, paint: Paint, nowMs: number): string {
  const elapsed = seconds((nowMs - state.startedMs) / 1000);
  if (state.exporting !== undefined)
    return `${paint('cyan', 'writing')} ${state.exporting.title}  ${bar(state.exporting.share, widestBar, paint)}  ${Math.floor(state.exporting.share * 100)} %  ${paint('dim', elapsed)}`;
  const left = remainingAt(state, nowMs);
  const where = state.provider === undefined ? '' : paint('dim', ` · on ${state.provider}`);
  const busy = state.stages.some(
    ({ state: { kind } }) => kind === 'waiting' || kind === 'running' || kind === 'elsewhere',
  );
  if (!busy) return `${elapsed} in all${where}`;
  return `${elapsed} so far${paint('dim', left === undefined ? ', no estimate yet' : `, about ${seconds(left)} left`)}${where}`;
}

function sign({ state }: StageProgress, paint: Paint, nowMs: number): string {
  switch (state.kind) {
    case 'waiting':
      return paint('dim', '·');
    case 'elsewhere':
      return paint('yellow', '⧗');
    case 'running':
      return paint('cyan', spinner[Math.floor(nowMs / spinnerMs) % spinner.length] ?? '');
    case 'done':
    case 'reused':
      return paint('green', '✓');
  }
}

function stepsOf({ state, steps }: StageProgress): string {
  return state.kind === 'running' ? `${Math.min(state.step + 1, steps)}/${steps}` : stepCount(steps);
}

function stepCount(steps: number): string {
  return `${steps} ${steps === 1 ? 'step' : 'steps'}`;
}

function timeOf({ state }: StageProgress, nowMs: number): string {
  if (state.kind === 'running') return seconds((nowMs - state.sinceMs) / 1000);
  if (state.kind === 'done') return seconds(state.seconds);
  return { waiting: '', reused: 'kept', elsewhere: 'elsewhere' }[state.kind];
}

function shareOf({ state }: StageProgress): number {
  if (state.kind === 'running') return state.share;
  return state.kind === 'done' || state.kind === 'reused' ? 1 : 0;
}

/** A thin line that fills, in halves of a column. */
function bar(share: number, columns: number, paint: Paint): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * columns * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2 === 1;
  const done = '━'.repeat(full) + (half ? '╸' : '');
  return paint(share >= 1 ? 'green' : 'cyan', done) + paint('dim', '─'.repeat(columns - full - (half ? 1 : 0)));
}

function shapeOf({ output: { frames, width, height } }: StageProgress): string {
  return `${frames} × ${width}×${height}`;
}

function columnWidth(stages: readonly StageProgress[], text: (stage: StageProgress) => string): number {
  return Math.max(0, ...stages.map((stage) => columnsOf(text(stage))));
}
