/** The host's end of a WebSocket, as a channel's transport takes it, with what a broken or hostile client may cost bounded. */
import type { WebSocket } from 'ws';
import { mostMessageBytes } from '#shared/channel/message-pack';
import type { SocketEnd } from '#shared/channel/websocket-transport';

/** Unsent bytes at which a client counts as one that does not read: four of the largest messages. */
export const mostUnsentBytes = 4 * mostMessageBytes;
/** Far more than dragging, scrolling and previews of all kinds make together. */
export const mostMessagesPerSec = 5000;

const policyViolation = 1008;

export interface SocketLimits {
  readonly pingMs: number;
}

export function hostSocketEnd(socket: WebSocket, { pingMs }: SocketLimits): SocketEnd {
  const stopPings = watchPulse(socket, pingMs);
  socket.once('close', stopPings);
  // A reset connection is reported by `close`, which follows.
  socket.on('error', () => undefined);
  return {
    send: (bytes) =>
      new Promise((resolve) => {
        if (socket.bufferedAmount > mostUnsentBytes) socket.terminate();
        if (socket.readyState === socket.OPEN) socket.send(bytes, () => resolve());
        // Not at once: a producer that never waits would keep the end of the connection from being noticed.
        else setImmediate(resolve);
      }),
    onMessage: (listener) => {
      const allowed = perSecond(mostMessagesPerSec);
      socket.on('message', (data, isBinary) => {
        if (!allowed()) socket.close(policyViolation, 'too many messages');
        else listener(isBinary && data instanceof Buffer ? data : undefined);
      });
    },
    onClose: (listener) => void socket.on('close', () => listener()),
    close: () => {
      socket.close(policyViolation);
    },
  };
}

/** A client that does not answer a ping until the next one is gone. */
function watchPulse(socket: WebSocket, pingMs: number): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}

function perSecond(most: number): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    return count <= most;
  };
}
