/** The inference process's end of the channel: Node's IPC, or under Electron, which gives its utility processes none, their parent's port. */
import { emitterPortEndpoint, type EmitterPort } from '#shared/channel/emitter-port';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import { processTransport } from '#shared/channel/process-transport';
import type { Transport } from '#shared/channel/transport';

/** Undefined where nobody has started this process to talk with it. */
export function wayToMain(): Transport | undefined {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isPort(port)) return messagePortTransport(emitterPortEndpoint(port));
  return process.send === undefined ? undefined : processTransport(process);
}

function isPort(value: unknown): value is EmitterPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}
