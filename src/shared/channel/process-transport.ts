/**
 * A channel over a Node process's IPC, from either end: the parent's `ChildProcess` or the child's `process`.
 * Fork with `serialization: 'advanced'`, which copies typed arrays as they are. Knows no Node types, only their shape.
 */
import type { Transport } from './transport';

/** What `ChildProcess` and `process` have in common. */
export interface IpcEndpoint {
  readonly connected?: boolean;
  send?(message: unknown, onSent: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

export function processTransport(endpoint: IpcEndpoint): Transport {
  return {
    post: (message) =>
      new Promise((resolve) => {
        // An error here means that the other side is gone, which `disconnect` reports.
        if (endpoint.send === undefined || endpoint.connected === false) resolve();
        else endpoint.send(message, () => resolve());
      }),
    onMessage: (listener) => void endpoint.on('message', listener),
    onClose: (listener) => void endpoint.on('disconnect', () => listener()),
    close: () => {
      if (endpoint.connected === true) endpoint.disconnect?.();
    },
  };
}
