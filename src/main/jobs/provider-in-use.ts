/** The execution provider of one job: chosen when first needed, given up visibly when it fails. */
import type { Provider } from '#shared/inference-contract';
import type { CascadeEvent, CascadeRequest } from './cascade-job';
import type { ProviderChoice, RejectedProvider } from './provider-choice';

export class ProviderInUse {
  private chosen: Provider | undefined;
  private readonly failed: RejectedProvider[] = [];

  constructor(
    private readonly choice: ProviderChoice,
    private readonly request: CascadeRequest,
    private readonly signal: AbortSignal,
    private readonly onEvent: (event: CascadeEvent) => void,
  ) {}

  /** Throws `provider-unavailable` when none is left, the cancellation. */
  async current(): Promise<Provider> {
    if (this.chosen !== undefined) return this.chosen;
    const { pack, provider: wanted } = this.request;
    const { provider, rejected } = await this.choice.choose(pack, wanted, this.failed, this.signal);
    this.chosen = provider;
    this.onEvent({ kind: 'provider', provider, rejected });
    return provider;
  }

  /** Not this one for the rest of the job; the next job tests it again. */
  async reject(provider: Provider, reason: string): Promise<void> {
    this.failed.push({ provider, reason });
    this.chosen = undefined;
    await this.choice.forget(this.request.pack, provider);
  }
}
