/** What the tests of media do inside the page, as text: the tests themselves know no DOM. */

export interface SentFile {
  readonly name: string;
  readonly base64: string;
}

/** Drops files as a hand does: the browser gives the page their content, never a path. `at` from the target's corner. */
export function dropping(
  target: string,
  files: readonly SentFile[],
  at: { readonly x: number; readonly y: number },
): string {
  return `{
    const transfer = new DataTransfer();
    for (const { name, base64 } of ${JSON.stringify(files)})
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    const element = document.querySelector(${JSON.stringify(target)});
    const { left, top } = element.getBoundingClientRect();
    const place = { clientX: left + ${at.x}, clientY: top + ${at.y} };
    for (const kind of ['dragover', 'drop'])
      element.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true, ...place }));
  }`;
}

/** From now on what goes to the loudspeakers is measured, too. */
export const listeningIn = `{
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (...to) {
    window.meter ??= new AnalyserNode(this.context, { fftSize: 8192 });
    if (to[0] === this.context.destination) connect.call(this, window.meter);
    return connect.apply(this, to);
  };
}`;

/** The loudest of the last sixth of a second, 0 to 1. */
export const loudness = `(() => {
  if (window.meter?.context.state !== 'running') return -1;
  const wave = new Float32Array(window.meter.fftSize);
  window.meter.getFloatTimeDomainData(wave);
  return Math.max(...wave.map(Math.abs));
})()`;

/** From now on each change of the shown frame is noted, with the moment of the sound's clock at which it came. */
export const watchingFrames = `{
  window.shownFrames = [];
  new MutationObserver(() => {
    const frame = Number(document.querySelector('canvas[data-frame]')?.dataset.frame);
    if (window.meter?.context.state === 'running') window.shownFrames.push({ frame, atSec: window.meter.context.currentTime });
  }).observe(document.body, { subtree: true, attributeFilter: ['data-frame'] });
}`;

/** How wide the first picture in \`title\`'s row is; 0 until it is there. */
export function pictureWidth(title: string): string {
  return `document.querySelector('button[title=${JSON.stringify(title)}] img')?.naturalWidth ?? 0`;
}
