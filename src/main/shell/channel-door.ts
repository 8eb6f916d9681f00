/** Where a window's end of the channel arrives: the only message that main hears from pages, and from pages of ours alone. */
import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { emitterPortEndpoint } from '#shared/channel/emitter-port';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import type { Transport } from '#shared/channel/transport';
import { channelMessage } from '#shared/studio/bridge';
import { isOurs } from './scheme';

/** @param isWindow whether these are the contents of one of this program's windows */
export function openChannelDoor(
  isWindow: (contents: WebContents) => boolean,
  onChannel: (transport: Transport, contents: WebContents) => void,
): void {
  ipcMain.on(channelMessage, (event) => {
    const [port, ...more] = event.ports;
    if (port === undefined || more.length > 0 || !isTrusted(event) || !isWindow(event.sender)) {
      for (const refused of event.ports) refused.close();
      return;
    }
    onChannel(messagePortTransport(emitterPortEndpoint(port)), event.sender);
  });
}

/** From the page itself, not from a frame in it, and not from a page that is gone already. */
function isTrusted({ senderFrame, sender }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurs(senderFrame.url);
}
