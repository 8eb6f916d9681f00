/**
 * How fast each stage was on this machine, remembered between runs: seconds per network evaluation, exponentially smoothed. What
 * was never measured is not known, and nobody gets a made-up number.
 */
import { z } from 'zod';
import type { Provider } from '#shared/inference-contract';
import type { StageId } from '#shared/pack-manifest';
import type { Sha256 } from '#shared/units';
import { readJsonFile, writeJsonFile } from '../files/json-file';

/** What a speed depends on. */
export interface SpeedOf {
  readonly pack: Sha256;
  readonly stage: StageId;
  readonly provider: Provider;
  readonly threads: number;
}

const speedsSchema = z.record(z.string(), z.number().positive());

/** Weight of the newest measurement: three runs forget a busy afternoon, one outlier moves an estimate by half at most. */
const newestWeight = 0.5;

export class Speeds {
  private constructor(
    private readonly file: string,
    private known: Readonly<Record<string, number>>,
  ) {}

  /** A damaged or missing file is one that knows nothing. */
  static async open(file: string): Promise<Speeds> {
    return new Speeds(file, await read(file));
  }

  /** Seconds per evaluation, or `undefined` where nothing was measured. */
  secondsPerEvaluation(of: SpeedOf): number | undefined {
    return this.known[nameOf(of)];
  }

  /** Takes in a measurement, and what other processes measured meanwhile. Throws `disk-full`, `disk-read-only`. */
  async record(of: SpeedOf, seconds: number, evaluations: number): Promise<void> {
    const measured = seconds / evaluations;
    if (!(measured > 0) || !Number.isFinite(measured)) return;
    const known = await read(this.file);
    const before = known[nameOf(of)];
    const smoothed = before === undefined ? measured : newestWeight * measured + (1 - newestWeight) * before;
    this.known = { ...known, [nameOf(of)]: smoothed };
    await writeJsonFile(this.file, this.known);
  }
}

function nameOf({ pack, stage, provider, threads }: SpeedOf): string {
  return `${pack}/${stage}/${provider}/${threads}`;
}

async function read(file: string): Promise<Readonly<Record<string, number>>> {
  const found = await readJsonFile(file, speedsSchema);
  return found.kind === 'read' ? found.value : {};
}
