/**
 * A channel over a `MessagePort`: between windows, workers and Electron processes. Always copies, never transfers: Electron's
 * MessagePortMain loses messages with a transferred ArrayBuffer (electron#34905).
 */
import type { Transport } from './transport';

/** What the ports of browsers and of Node have in common. */
export interface PortEndpoint {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  start(): void;
  close(): void;
}

export function messagePortTransport(port: PortEndpoint): Transport {
  return {
    post: (message) =>
      new Promise((resolve) => {
        port.postMessage(withOwnBuffers(message));
        resolve();
      }),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener('data' in event ? event.data : undefined));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  };
}

/** A structured clone of a view copies the whole buffer beneath it; a view on a part is cut out first. */
function withOwnBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.byteLength === value.buffer.byteLength ? value : value.slice();
  if (Array.isArray(value)) return value.map(withOwnBuffers);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withOwnBuffers(member)]));
}
