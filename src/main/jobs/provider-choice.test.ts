import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import type { ProbeRequest, Provider, ProviderReport } from '#shared/inference-contract';
import { DrawingInference, temporaryFolder, testPack } from './jobs.test-support';
import { ProviderChoice } from './provider-choice';

const never = new AbortController().signal;

class Machine extends DrawingInference {
  readonly seconds: Partial<Record<Provider, number>> = {};

  override async probe(request: ProbeRequest): Promise<ProviderReport> {
    return { ...(await super.probe(request)), seconds: this.seconds[request.provider] ?? 0.1 };
  }
}

let machine: Machine;
let file: string;
beforeEach(async () => {
  machine = new Machine();
  file = path.join(await temporaryFolder(), 'providers.json');
});

const choice = (versions = 'v1') => new ProviderChoice(file, machine, versions, 'linux');
const probed = () => machine.probes.map((request) => request.provider);

describe('the choice of a provider', () => {
  it('is the first usable of the platform, with the reasons against the better ones', async () => {
    const chosen = await choice().choose(testPack(), undefined, [], never);
    expect(chosen).toEqual({
      provider: 'cpu',
      rejected: [
        { provider: 'cuda', reason: 'not here' },
        { provider: 'webgpu', reason: 'not here' },
      ],
    });
    machine.unusable.clear();
    const better = await choice('v2').choose(testPack(), undefined, [], never);
    expect(better).toEqual({ provider: 'cuda', rejected: [] });
  });

  it('probes once per pack, provider and versions, also after a restart', async () => {
    await choice().choose(testPack(), undefined, [], never);
    await choice().choose(testPack(), undefined, [], never);
    expect(probed()).toEqual(['cuda', 'webgpu', 'cpu']);
    await choice('v2').choose(testPack(), 'cpu', [], never);
    expect(probed()).toEqual(['cuda', 'webgpu', 'cpu', 'cpu']);
    await choice().forget(testPack(), 'cuda');
    await choice().choose(testPack(), undefined, [], never);
    expect(probed().at(-1)).toBe('cuda');
  });

  it('is probed once for several who ask meanwhile, also where one of them gives up', async () => {
    const shared = choice();
    const abort = new AbortController();
    const [given, other] = [abort.signal, never].map((signal) => shared.probe(testPack(), 'cpu', signal));
    abort.abort();
    await expect(given).rejects.toSatisfy(isCancellation);
    expect((await other)?.usable).toBe(true);
    expect(probed()).toEqual(['cpu']);
  });

  it('goes by what a machine turned out to have since, once a person had it looked at', async () => {
    await choice().choose(testPack(), undefined, [], never);
    machine.unusable.delete('cuda');
    expect((await choice().choose(testPack(), undefined, [], never)).provider).toBe('cpu');
    expect((await choice().probe(testPack(), 'cuda', never)).usable).toBe(true);
    expect((await choice().choose(testPack(), undefined, [], never)).provider).toBe('cuda');
  });

  it('passes over a GPU that is drawn by software', async () => {
    machine.unusable.clear();
    machine.seconds.cuda = 6;
    machine.seconds.webgpu = 2;
    const { provider, rejected } = await choice().choose(testPack(), undefined, [], never);
    expect(provider).toBe('webgpu');
    expect(rejected[0]?.reason).toContain('6.0 s');
  });

  it('is refused with every reason when none is usable', async () => {
    machine.unusable.add('cpu');
    await expect(choice().choose(testPack(), undefined, [], never)).rejects.toMatchObject({
      code: 'provider-unavailable',
      details: { reasons: 'cuda: not here; webgpu: not here; cpu: not here' },
    });
  });
});
