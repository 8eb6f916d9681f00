/** The thread that exports: answers main until main lets go of it. */
import { workerData } from 'node:worker_threads';
import { MessagePort } from 'node:worker_threads';
import { service } from '#shared/channel/callee';
import { serve } from '#shared/channel/channel';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import { exportContract } from './contract';
import { runExportJob } from './run-job';

const port: unknown = workerData;
if (port instanceof MessagePort)
  serve(messagePortTransport(port), service(exportContract, { requests: {}, streams: { run: runExportJob } }));
