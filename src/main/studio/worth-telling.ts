/** Which of many reports of progress are told: a bar moves no finer, and each that is told costs a message. */

const tellShare = 0.01;
const tellMs = 100;

/** To ask of each report in turn: whether its share, 0 to 1, is enough more than that of the last one told, or comes long enough after it. */
export function worthTelling(): (share: number) => boolean {
  let told = { ms: -Infinity, share: 0 };
  return (share) => {
    const ms = performance.now();
    if (ms - told.ms < tellMs && share - told.share < tellShare) return false;
    told = { ms, share };
    return true;
  };
}
