/** What an ffmpeg can do, for `sluice doctor` and for telling people before they wait. Knows nothing of presets. */
import { runFfmpeg } from './run-ffmpeg';

export interface FfmpegCapabilities {
  /** As it says itself, such as `7.1.1` or `5.1.9-0+deb12u1`. */
  readonly version: string;
  /** Names of the encoders that were built in. */
  readonly encoders: ReadonlySet<string>;
  /** And of the filters. */
  readonly filters: ReadonlySet<string>;
}

const limitSec = 20;

/** Throws `ffmpeg-missing`, `ffmpeg-failed`, the reason of `signal`. */
export async function ffmpegCapabilities(ffmpegPath: string, signal: AbortSignal): Promise<FfmpegCapabilities> {
  const answer = async (args: readonly string[]): Promise<string> => {
    let text = '';
    const output = (chunk: Uint8Array): void => {
      text += Buffer.from(chunk).toString('latin1');
    };
    await runFfmpeg({ ffmpegPath, args, output, limitSec, signal });
    return text;
  };
  const version = parseVersion(await answer(['-version']));
  const [encoders, filters] = [await answer(['-encoders']), await answer(['-filters'])];
  return { version, encoders: parseEncoders(encoders), filters: parseFilters(filters) };
}

export function parseVersion(text: string): string {
  return /^ffmpeg version (\S+)/m.exec(text)?.[1] ?? 'unknown';
}

/** Lines such as ` V....D libx264   libx264 H.264 …` after the legend. */
export function parseEncoders(text: string): ReadonlySet<string> {
  const list = text.split(/^ -+$/m)[1] ?? '';
  return new Set([...list.matchAll(/^ [A-Z.]{6} (\S+)/gm)].map((line) => line[1] ?? ''));
}

/** Lines such as ` .SC zscale   V->V   Apply resizing …` among the legend. */
export function parseFilters(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^ [A-Z.]{2,3} (\S+) +\S*->/gm)].map((line) => line[1] ?? ''));
}
