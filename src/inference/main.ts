/**
 * The inference process: answers main until main goes. It is expected to be killed at any moment; what it
 * leaves behind are checkpoints.
 *
 * The runtime is imported with the first request, so that a library which does not load is an answer and not a silent death.
 */
import { service } from '#shared/channel/callee';
import { serve } from '#shared/channel/channel';
import { SluiceError } from '#shared/errors';
import { inferenceContract } from '#shared/inference-contract';
import type { Handlers } from '#shared/channel/contract';
import type { Resources } from './run-stage';
import { wayToMain } from './way-to-main';

type Contract = typeof inferenceContract;

let resources: Resources | undefined;

const handlers: Handlers<Contract['requests'], Contract['streams']> = {
  requests: {
    probe: async (request, signal) => {
      const { probeProvider } = await loading(import('./probe'));
      return probeProvider(request, signal);
    },
  },
  streams: {
    runStage: async function* (request, signal) {
      const { runStage } = await loading(import('./run-stage'));
      yield* runStage(request, await sharedResources(), signal);
    },
  },
};

async function sharedResources(): Promise<Resources> {
  if (resources === undefined) {
    const [{ SessionPool }, { StageTexts }] = await Promise.all([import('./session'), import('./stage-texts')]);
    const pool = new SessionPool();
    resources = { pool, texts: new StageTexts(pool) };
  }
  return resources;
}

async function loading<Module>(module: Promise<Module>): Promise<Module> {
  return module.catch((cause: unknown) => {
    throw new SluiceError(
      'provider-unavailable',
      `ONNX Runtime cannot be loaded on ${process.platform} ${process.arch}: ${cause instanceof Error ? cause.message : String(cause)}. Run npm ci again; macOS on Intel has no build of it.`,
      { cause },
    );
  });
}

const transport = wayToMain();
if (transport === undefined) {
  process.stderr.write('This is the inference process of Sluice; it is started by the sluice command, not by hand.\n');
  process.exit(64);
}
// Ctrl-C in a terminal reaches the whole process group; main decides what it means for this process.
process.on('SIGINT', () => undefined);
const { closed } = serve(transport, service(inferenceContract, handlers));
// Not `process.exitCode`: a run in progress must not outlive main.
void closed.then(() => process.exit(0));
