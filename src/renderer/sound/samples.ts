/** The samples of imported media, loaded in chunks as they are needed. */
import { importedSoundUrl, soundRate } from '#shared/studio/media-imported';
import type { Sha256 } from '#shared/units';
import { chunkSec } from './sound-pieces';

const bytesPerSample = 4;
const chunkSamples = chunkSec * soundRate;
const fullScale = 32_768;
/** Each takes 0.8 MB: two minutes of sound. */
const mostKept = 64;

export class Samples {
  readonly #kept = new Map<string, Promise<AudioBuffer | undefined>>();

  constructor(private readonly context: BaseAudioContext) {}

  /** Undefined where there are none, or not yet. */
  chunk(media: Sha256, chunk: number): Promise<AudioBuffer | undefined> {
    const name = `${media} ${chunk}`;
    const known = this.#kept.get(name) ?? this.#load(media, chunk);
    this.#kept.delete(name);
    this.#kept.set(name, known);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > mostKept) this.#kept.delete(oldest);
    void known.then((buffer) => buffer === undefined && this.#kept.delete(name));
    return known;
  }

  async #load(media: Sha256, chunk: number): Promise<AudioBuffer | undefined> {
    const first = chunk * chunkSamples * bytesPerSample;
    const range = `bytes=${first}-${first + chunkSamples * bytesPerSample - 1}`;
    try {
      const answer = await fetch(importedSoundUrl(media), { headers: { Range: range } });
      return answer.status === 206 ? stereo(this.context, await answer.arrayBuffer()) : undefined;
    } catch {
      return undefined;
    }
  }
}

function stereo(context: BaseAudioContext, bytes: ArrayBuffer): AudioBuffer | undefined {
  const view = new DataView(bytes);
  const samples = Math.floor(bytes.byteLength / bytesPerSample);
  if (samples === 0) return undefined;
  const buffer = context.createBuffer(2, samples, soundRate);
  for (const channel of [0, 1]) {
    const values = buffer.getChannelData(channel);
    for (let at = 0; at < samples; at += 1)
      values[at] = view.getInt16(at * bytesPerSample + 2 * channel, true) / fullScale;
  }
  return buffer;
}
