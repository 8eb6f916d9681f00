/** Which door `npm start` opens, and why. Pure: what the machine has is handed in. */

/**
 * @typedef {object} Machine
 * @property {string | undefined} electron path of its program
 * @property {boolean} isBuilt whether the shell is
 * @property {boolean} hasDisplay
 * @property {boolean} isLinuxRoot Chromium's sandbox does not run as root there, and the studio does not run without it
 *
 * @param {readonly string[]} args
 * @param {Machine} machine
 * @returns {{ readonly kind: 'window', readonly program: string, readonly args: readonly string[] }
 *   | { readonly kind: 'browser', readonly reason: string, readonly args: readonly string[] }}
 */
export function chooseDoor(args, { electron, isBuilt, hasDisplay, isLinuxRoot }) {
  const rest = args.filter((arg) => arg !== '--browser');
  const browser = (reason) => ({ kind: 'browser', reason, args: rest });
  if (rest.length < args.length) return browser('you asked for the browser');
  if (!isBuilt) return browser('its window is not built');
  if (!hasDisplay) return browser('there is no display');
  if (isLinuxRoot) return browser('it does not run as root');
  if (electron === undefined) return browser('its program is not installed');
  return { kind: 'window', program: electron, args: rest };
}
