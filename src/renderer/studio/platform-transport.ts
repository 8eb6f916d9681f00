/** The way to main from this window: a WebSocket to the host that served the page. */
import { platformSocketEnd, socketTransport } from '#shared/channel/websocket-transport';
import type { Transport } from '#shared/channel/transport';

export function openPlatformTransport(): Transport {
  return socketTransport(platformSocketEnd(new WebSocket(`ws://${location.host}/channel`)));
}
