/** Types of the studio's handlers, so that each part can say which calls it answers. */
import type { Handlers } from '#shared/channel/contract';
import type { StudioContract } from '#shared/studio/studio-contract';

type All = Handlers<StudioContract['requests'], StudioContract['streams']>;
export type Calls<Name extends keyof All['requests']> = Pick<All['requests'], Name>;
export type Streams<Name extends keyof All['streams']> = Pick<All['streams'], Name>;
