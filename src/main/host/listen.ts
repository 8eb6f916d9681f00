/** Finds a place to listen: loopback only, at the wanted port, else at the next free one. */
import type { Server } from 'node:http';
import { fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';

/** Fixed, because what a browser keeps (IndexedDB) belongs to an origin, port and all. */
export const defaultPort = 7420;
export const loopback = '127.0.0.1';

const mostAttempts = 20;
const highestPort = 65_535;

/** The port that it got; 0 asks for any. Throws `invalid-argument` where none of those after `wanted` is free either. */
export async function listenNear(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + mostAttempts && port <= highestPort; port += 1)
    if (await listens(server, port)) return portOf(server);
  throw new SluiceError(
    'invalid-argument',
    `The ports from ${wanted} on are all in use. Choose another one with --port.`,
    { details: { port: wanted } },
  );
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address === 'object' && address !== null) return address.port;
  throw new SluiceError('internal', 'The host listens, but not at a port.');
}

/** False where somebody else listens there, or where the system keeps the port for itself. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      const code = fileErrorCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, loopback, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
