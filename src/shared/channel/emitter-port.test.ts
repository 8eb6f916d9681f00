import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { connect, serve } from './channel';
import { contract, offered, until } from './channel.test-contract';
import { emitterPortEndpoint, type EmitterPort } from './emitter-port';
import { messagePortTransport, type PortEndpoint } from './message-port-transport';

/** As Electron's `MessagePortMain` is: keeps messages until it is started, gives them as events, copies. */
class PortMain extends EventEmitter implements EmitterPort {
  constructor(private readonly port: PortEndpoint) {
    super();
    port.addEventListener('message', (event) => this.emit('message', { ...copyOf(event), ports: [] }));
    port.addEventListener('close', () => this.emit('close'));
  }
  postMessage(message: unknown): void {
    this.port.postMessage(message);
  }
  start(): void {
    this.port.start();
  }
  close(): void {
    this.port.close();
  }
}

function copyOf(event: object): { readonly data?: unknown } {
  return 'data' in event ? { data: event.data } : {};
}

it('carries a channel over ports that are event emitters, and tells when the other end is gone', async () => {
  const { port1, port2 } = new MessageChannel();
  const { closed } = serve(
    messagePortTransport(emitterPortEndpoint(new PortMain(port2))),
    offered({ produced: 0, ended: false, aborted: false }),
  );
  const channel = connect(messagePortTransport(port1), contract);
  expect(await channel.request('double', { value: 4 })).toBe(8);
  const whole = new Uint8Array([1, 2, 3, 4]);
  expect(await channel.request('echo', whole.subarray(1, 3))).toEqual(new Uint8Array([2, 3]));
  expect(whole.byteLength).toBe(4);
  let isClosed = false;
  void closed.then(() => (isClosed = true));
  channel.close();
  await until(() => isClosed);
});
