/** Tells a page that crashed once from one that does nothing else. */
const withinMs = 60_000;
const mostReloads = 3;

export class CrashCount {
  private times: readonly number[] = [];

  /** Notes a crash. Whether the page may be loaded again. @param nowMs of a clock that only goes forward */
  mayReload(nowMs: number): boolean {
    this.times = [...this.times.filter((time) => nowMs - time < withinMs), nowMs];
    return this.times.length <= mostReloads;
  }
}
