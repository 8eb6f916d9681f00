/**
 * Video in high dynamic range (ITU-R BT.2100: PQ or HLG) as what all else here is, BT.709. Why these filters and numbers:
 * docs/decisions/0010-tone-mapping.md. Pure but for asking ffmpeg, once, whether it has them.
 */
import type { Size } from '#shared/units';
import { ffmpegCapabilities } from './ffmpeg-capabilities';
import type { PictureFacts } from './probe';

/** Diffuse white in nits: ITU-R BT.2408, section 2.1. */
const whiteNits = 203;
/** Brighter highlights are white: BT.2408's reference display. */
const peakNits = 1000;

export type DynamicRange = 'pq' | 'hlg';

/** As the file is tagged; undefined: standard, as untagged files are. */
export function highDynamicRange({ transfer }: Pick<PictureFacts, 'transfer'>): DynamicRange | undefined {
  if (transfer === 'smpte2084') return 'pq';
  return transfer === 'arib-std-b67' ? 'hlg' : undefined;
}

/** The filters that make BT.709 of decoded frames of `size`. None for standard dynamic range, and where this ffmpeg cannot. */
export async function toSdrFilters(ffmpegPath: string, facts: PictureFacts): Promise<readonly string[]> {
  if (highDynamicRange(facts) === undefined || !(await canToneMap(ffmpegPath))) return [];
  const untagged = [
    ...(facts.colourMatrix === undefined ? ['colorspace=bt2020nc'] : []),
    ...(facts.primaries === undefined ? ['color_primaries=bt2020'] : []),
  ];
  return [
    ...(untagged.length > 0 ? [`setparams=${untagged.join(':')}`] : []),
    `zscale=transfer=linear:npl=${whiteNits}`,
    'format=gbrpf32le',
    'zscale=primaries=bt709',
    `tonemap=mobius:peak=${(peakNits / whiteNits).toFixed(3)}:desat=0`,
    'zscale=transfer=bt709:matrix=bt709:range=limited',
    'format=yuv444p12le',
    // What the brightest frame was belongs to the file; a film of it is something else.
    'sidedata=mode=delete',
  ];
}

/** Made smaller first: it is counted in floating point, pixel by pixel. */
export function toSdrAt({ width, height }: Size, toSdr: readonly string[]): readonly string[] {
  return toSdr.length === 0 ? [] : [`scale=${width}:${height}:flags=bicubic`, ...toSdr];
}

const asked = new Map<string, Promise<boolean>>();

/** Whether this ffmpeg has the filters. Throws `ffmpeg-missing`, `ffmpeg-failed`. */
export async function canToneMap(ffmpegPath: string): Promise<boolean> {
  const known =
    asked.get(ffmpegPath) ??
    // Whoever asks first may stop waiting, and the others not.
    ffmpegCapabilities(ffmpegPath, new AbortController().signal).then(
      ({ filters }) => filters.has('zscale') && filters.has('tonemap'),
    );
  asked.set(ffmpegPath, known);
  known.catch(() => asked.delete(ffmpegPath));
  return await known;
}
