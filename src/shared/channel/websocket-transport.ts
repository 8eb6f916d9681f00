/**
 * A channel over a WebSocket: binary messages in MessagePack. The browser gives its platform's socket; the host adapts the server's
 * end (`src/main/host`), which can tell when bytes have left.
 */
import { decodeMessage, encodeMessage } from './message-pack';
import type { Transport } from './transport';

/** One end of a socket that carries bytes. */
export interface SocketEnd {
  /** Resolves when the bytes have left, as far as this end can tell; also when the other side is gone. */
  send(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** `undefined` for a message that is not binary. */
  onMessage(listener: (bytes: Uint8Array | undefined) => void): void;
  onClose(listener: (reason?: Error) => void): void;
  close(): void;
}

export function socketTransport(socket: SocketEnd): Transport {
  return {
    post: (message) => {
      try {
        return socket.send(encodeMessage(message));
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    },
    onMessage: (listener) =>
      socket.onMessage((bytes) => listener(bytes === undefined ? undefined : decodeMessage(bytes))),
    onClose: (listener) => socket.onClose(listener),
    close: () => socket.close(),
  };
}

/** What is used of the platform's `WebSocket`; no DOM types here. */
export interface PlatformSocket {
  binaryType: string;
  readonly readyState: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

const connecting = 0;
const open = 1;

/** What is posted before the connection stands is sent when it does. */
export function platformSocketEnd(socket: PlatformSocket): SocketEnd {
  socket.binaryType = 'arraybuffer';
  const settled =
    socket.readyState === connecting
      ? new Promise<void>((resolve) => {
          socket.addEventListener('open', resolve);
          socket.addEventListener('close', resolve);
        })
      : undefined;
  const early: unknown[] = [];
  let deliver = (data: unknown): void => void early.push(data);
  socket.addEventListener('message', ({ data }) => deliver(data));
  const sendNow = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (socket.readyState === open) socket.send(bytes);
  };
  return {
    send: (bytes) => {
      if (socket.readyState === connecting && settled !== undefined) return settled.then(() => sendNow(bytes));
      sendNow(bytes);
      return Promise.resolve();
    },
    onMessage: (listener) => {
      deliver = (data) => listener(data instanceof ArrayBuffer ? new Uint8Array(data) : undefined);
      for (const data of early.splice(0)) deliver(data);
    },
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  };
}
