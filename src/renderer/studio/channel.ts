/** The channel to main as the renderer holds it. */
import type { Channel } from '#shared/channel/channel';
import type { Transport } from '#shared/channel/transport';
import type { StudioContract } from '#shared/studio/studio-contract';

export type StudioChannel = Channel<StudioContract['requests'], StudioContract['streams']>;

/** Opens the way to main anew; called again after each loss. */
export type OpenTransport = () => Transport;
