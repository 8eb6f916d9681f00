/**
 * Electron's ends of message ports (`MessagePortMain`, `process.parentPort`), which are event emitters, with the face that the ports of
 * browsers and of Node have. Knows no Electron types, only their shape.
 */
import type { PortEndpoint } from './message-port-transport';

export interface EmitterPort {
  postMessage(message: unknown): void;
  /** A message comes as an event whose `data` it is. */
  on(event: 'message', listener: (event: object) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  /** Absent where messages come by themselves. */
  start?(): void;
  close?(): void;
}

export function emitterPortEndpoint(port: EmitterPort): PortEndpoint {
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (type, listener) => {
      if (type === 'message') port.on('message', listener);
      else port.on('close', () => listener({}));
    },
    start: () => port.start?.(),
    close: () => port.close?.(),
  };
}
