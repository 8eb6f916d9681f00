/**
 * Runs in each Electron window before its page, in a world of its own and in the sandbox. Passes the one port on that the page offers, and
 * tells the page where dropped files lie. Knows nothing of what the channel carries; main checks who sends.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { appOrigin, bridgeName, channelMessage, type DesktopBridge } from '#shared/studio/bridge';

const bridge: DesktopBridge = {
  pathOf: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
};

if (location.origin === appOrigin) {
  window.addEventListener('message', ({ source, origin, data, ports }: MessageEvent<unknown>) => {
    const isOurs = source === window && origin === appOrigin && data === channelMessage;
    if (isOurs && ports.length === 1) ipcRenderer.postMessage(channelMessage, null, [...ports]);
  });
  contextBridge.exposeInMainWorld(bridgeName, bridge);
}
