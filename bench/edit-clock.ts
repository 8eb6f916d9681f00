/**
 * Times edits from inside the window: the key, the first frame that shows what it did, the message that asks main, and main's answer.
 * It listens at the page's socket and changes nothing of the studio.
 */
import type { Page } from 'playwright-core';
import { z } from 'zod';

export interface EditTime {
  /** From the key to the next frame. */
  readonly shownMs: number;
  /** From the key until main has answered that the edit is on disk. */
  readonly keptMs: number;
  /** Of that, from the message to its answer. */
  readonly channelMs: number;
}

/** The head of a message in MessagePack is enough to know it: its type, its id, its name. */
const listener = `
  const head = (data) => String.fromCharCode(...new Uint8Array(data).subarray(0, 48));
  const idOf = (text) => {
    const at = text.indexOf('\\xa2id') + 3;
    const code = text.charCodeAt(at);
    const bytes = { 0xcc: 1, 0xcd: 2, 0xce: 4 }[code] ?? 0;
    return bytes === 0 ? code : [...text.slice(at + 1, at + 1 + bytes)].reduce((id, next) => id * 256 + next.charCodeAt(0), 0);
  };
  window.editClock = undefined;
  window.addEventListener('keydown', ({ key }) => {
    const clock = window.editClock;
    if (clock === undefined || clock.keyAt !== undefined || ['Alt', 'Shift', 'Control'].includes(key)) return;
    clock.keyAt = performance.now();
    requestAnimationFrame(() => setTimeout(() => { clock.shownAt = performance.now(); clock.tell(); }));
  }, { capture: true });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const clock = window.editClock;
    if (!this.isTimed) {
      this.isTimed = true;
      this.addEventListener('message', (event) => {
        const now = window.editClock;
        const text = head(event.data);
        if (now?.id === undefined || now.keptAt !== undefined || !text.includes('\\xa5event') || idOf(text) !== now.id) return;
        now.keptAt = performance.now();
        now.tell();
      });
    }
    const text = head(ArrayBuffer.isView(data) ? data.buffer.slice(data.byteOffset, data.byteOffset + 48) : data);
    if (clock?.keyAt !== undefined && clock.id === undefined && /applyEdit|\\xa4undo|\\xa4redo/.test(text)) {
      clock.id = idOf(text);
      clock.sentAt = performance.now();
    }
    return send.call(this, data);
  };
`;

const timesSchema = z.object({ keyAt: z.number(), shownAt: z.number(), sentAt: z.number(), keptAt: z.number() });

/** From the next load of the page on it can be timed. */
export async function installEditClock(page: Page): Promise<void> {
  await page.addInitScript(listener);
}

/** Undefined where the key made no edit. */
export async function timeEdit(page: Page, key: string): Promise<EditTime | undefined> {
  await page.evaluate(`window.editClock = {}; window.editDone = new Promise((resolve) => {
    const clock = window.editClock;
    clock.tell = () => clock.shownAt !== undefined && clock.keptAt !== undefined && resolve({ ...clock, tell: undefined });
    setTimeout(() => resolve({}), 4000);
  }); 0`);
  await page.keyboard.press(key);
  const { data } = timesSchema.safeParse(await page.evaluate('window.editDone'));
  if (data === undefined) return undefined;
  const { keyAt, shownAt, sentAt, keptAt } = data;
  return { shownMs: shownAt - keyAt, keptMs: keptAt - keyAt, channelMs: keptAt - sentAt };
}
