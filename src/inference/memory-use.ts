/** Peak memory of this process. Linux can start the measurement anew for each stage; elsewhere it is the process's whole life. */
import { readFile, writeFile } from 'node:fs/promises';

/** Linux: writing 5 resets the high-water mark of resident memory (proc(5), clear_refs). */
export async function resetPeakRss(): Promise<void> {
  await writeFile('/proc/self/clear_refs', '5').catch(() => undefined);
}

/** Bytes. */
export async function peakRssBytes(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return 1024 * (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes));
}
