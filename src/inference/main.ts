/**
 * The inference process: answers main until main goes. It is expected to be killed at any moment; what it
 * leaves behind are checkpoints.
 *
 * This program is two threads' program: the process's own thread answers and runs the engine, a second one runs the graphs.
 */
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort } from 'node:worker_threads';
import { service } from '#shared/channel/callee';
import { serve } from '#shared/channel/channel';
import type { Handlers } from '#shared/channel/contract';
import { inferenceContract } from '#shared/inference-contract';
import { prepareStage } from './prepare-stage';
import { probeProvider } from './probe';
import { runStage } from './run-stage';
import { runtimeThread } from './runtime/thread';
import { serveRuntime } from './runtime/thread-server';
import { SessionPool } from './session';
import { StageTexts } from './stage-texts';
import { wayToMain } from './way-to-main';

type Contract = typeof inferenceContract;

if (isMainThread) answerMain();
else if (parentPort !== null) serveRuntime(parentPort);

function answerMain(): void {
  const transport = wayToMain();
  if (transport === undefined) {
    process.stderr.write(
      'This is the inference process of Sluice; it is started by the sluice command, not by hand.\n',
    );
    process.exit(64);
  }
  // Ctrl-C in a terminal reaches the whole process group; main decides what it means for this process.
  process.on('SIGINT', () => undefined);
  const { closed } = serve(transport, service(inferenceContract, handlers()));
  // Not `process.exitCode`: a run in progress must not outlive main.
  void closed.then(() => process.exit(0));
}

function handlers(): Handlers<Contract['requests'], Contract['streams']> {
  const openGraph = runtimeThread(fileURLToPath(import.meta.url));
  const pool = new SessionPool(openGraph);
  const resources = { pool, texts: new StageTexts(pool) };
  return {
    requests: {
      probe: (request, signal) => probeProvider(request, signal, new SessionPool(openGraph)),
      prepareStage: async (request) => {
        await prepareStage(request, resources);
        return {};
      },
    },
    streams: { runStage: (request, signal) => runStage(request, resources, signal) },
  };
}
