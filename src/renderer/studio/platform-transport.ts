/** The way to main from this window: under Electron a port that is handed to main, in a browser a WebSocket to the host that served it. */
import { messagePortTransport } from '#shared/channel/message-port-transport';
import { platformSocketEnd, socketTransport } from '#shared/channel/websocket-transport';
import type { Transport } from '#shared/channel/transport';
import { appOrigin, channelMessage } from '#shared/studio/bridge';

export function openPlatformTransport(): Transport {
  return location.origin === appOrigin ? overPort() : overSocket();
}

/** The preload script passes the other end on. What is posted before main has it waits in the port. */
function overPort(): Transport {
  const { port1, port2 } = new MessageChannel();
  window.postMessage(channelMessage, appOrigin, [port2]);
  return messagePortTransport(port1);
}

function overSocket(): Transport {
  return socketTransport(platformSocketEnd(new WebSocket(`ws://${location.host}/channel`)));
}
