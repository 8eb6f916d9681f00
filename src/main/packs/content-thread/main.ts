/** The thread that looks into a pack's files: answers main until main ends it. */
import { MessagePort, workerData } from 'node:worker_threads';
import { service } from '#shared/channel/callee';
import { serve } from '#shared/channel/channel';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import { packInvalid, shown } from '../pack-invalid';
import { checkFileContent } from '../file-content';
import { contentContract } from './contract';

const port: unknown = workerData;
if (port instanceof MessagePort) {
  const check = service(contentContract, {
    requests: {
      check: async ({ directory, manifest, path }) => {
        const file = manifest.files.find((listed) => listed.path === path);
        if (file === undefined)
          throw packInvalid(`The manifest does not list ${shown(path)}.`, 'Install the pack again.');
        return checkFileContent(directory, manifest, file);
      },
    },
    streams: {},
  });
  serve(messagePortTransport(port), check);
}
