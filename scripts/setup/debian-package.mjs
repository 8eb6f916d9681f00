/** Installs packages of a Debian-like system, where we are root and need to ask nobody. Elsewhere it says what to type. */
import { existsSync } from 'node:fs';
import { findOnPath } from './find-executable.mjs';
import { runCommand } from './run-command.mjs';

const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
/** Another apt may be running: wait for it, but not for ever. Seconds. */
const lockWait = ['-o', 'DPkg::Lock::Timeout=120'];
const networkPatience = [
  '-o',
  'Acquire::http::Timeout=20',
  '-o',
  'Acquire::https::Timeout=20',
  '-o',
  'Acquire::Retries=1',
];

export function hasApt() {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && findOnPath(['apt-get']) !== undefined;
}

/**
 * @param {string} name of the package
 * @param {number} limitSec for the installation; refreshing the package lists, where needed, has two minutes more
 * @returns {Promise<string | undefined>} why it could not be installed, in plain words; undefined when it was
 */
export async function installDebianPackage(name, limitSec) {
  if (!hasApt()) return 'this is not a Debian system';
  if (process.getuid?.() !== 0) return `only root may install it: type "sudo apt-get install ${name}"`;
  const install = () =>
    runCommand('apt-get', [...lockWait, ...networkPatience, 'install', '-y', '--no-install-recommends', name], {
      limitSec,
      environment: quietly,
    });
  const first = await install();
  if (first.ok) return undefined;
  await runCommand('apt-get', [...lockWait, ...networkPatience, 'update'], { limitSec: 120, environment: quietly });
  const second = await install();
  return second.ok ? undefined : `apt-get: ${second.reason}`;
}
