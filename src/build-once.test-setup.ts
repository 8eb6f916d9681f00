/** Builds the bundled entry points once per test run, since tests start the real inference process and the real command line. */
import { build } from 'vite';

export default async function buildOnce(): Promise<void> {
  await build({ logLevel: 'warn' });
}
