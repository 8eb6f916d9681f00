/** `sluice serve`: the studio in a browser on this machine, until it is stopped. */
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { openHost, type Host } from '#main/host/host';
import { defaultPort } from '#main/host/listen';
import { openBrowser, removeOldEntries } from '#main/host/open-browser';
import { openStudio, type Studio } from '#main/studio/studio';
import { SluiceError } from '#shared/errors';
import { defineCommand, type CommandInput, type Io } from '../command';
import { printable } from '../display/text';
import { exitCodes } from '../exit-codes';
import { atMost } from '../options/one-action';
import { flag, value } from '../options/option';
import { wholeNumber } from '../options/value-parsers';

const options = {
  port: value(
    '<n>',
    `listen here, or at the next free port after it (default: ${defaultPort}; what the browser keeps belongs to the port)`,
    wholeNumber(1, 65_535),
    { short: 'p' },
  ),
  open: flag('open the browser'),
};

type Input = CommandInput<typeof options>;

export const serveCommand = defineCommand(
  {
    name: 'serve',
    summary: 'open the studio in a browser on this machine',
    synopsis: '[options]',
    options,
    notes: [
      'Prints an address that lets one browser in, once; after that the browser is known until the studio is stopped. Nothing outside this machine can connect: to work from another one, forward the port through SSH.',
      'Stop it with Ctrl-C. What runs then goes on from its last step the next time.',
    ],
    examples: [
      { command: 'serve --open', does: 'the studio in your browser' },
      { command: 'serve --port 8000', does: 'at another port' },
    ],
  },
  run,
);

async function run({ values, positionals, context }: Input): Promise<number> {
  atMost(0, positionals, 'serve');
  const { sluice, io, signal, program } = context;
  await requireRenderer(program.rendererFolder);
  const say = (message: string): void => io.err(`note: ${printable(message)}\n`);
  const { rendererFolder, documentsFolder, sampleFolder } = program;
  const studio = await openStudio({ sluice, door: 'browser', documentsFolder, sampleFolder, onNotice: say });
  void studio.warmUp();
  const entries = { folder: sluice.home, presence: studio.parts.jobs.artifacts.locks.presence };
  try {
    await removeOldEntries(entries);
    const wanted = values.port ?? defaultPort;
    const door = await serveStudio(studio, { wanted, rendererFolder, isJson: values.json, io });
    const browser = values.open ? await openBrowser(door.invite(), entries, () => say(noBrowser)) : undefined;
    try {
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await browser?.forget();
      await door.close();
    }
  } finally {
    await studio.close();
  }
  return exitCodes.ok;
}

const noBrowser = 'No browser could be opened here: open the address above yourself.';

interface Serving {
  readonly wanted: number;
  readonly rendererFolder: string;
  readonly isJson: boolean;
  readonly io: Io;
}

/** Prints the address, and another one each time that one was used. */
async function serveStudio(studio: Studio, { wanted, rendererFolder, isJson, io }: Serving): Promise<Host> {
  const announce = (what: string): void => {
    const url = host.invite();
    if (isJson) io.out(`${JSON.stringify({ event: 'address', url, port: host.port })}\n`);
    else io.out(`${what}\n\n  ${url}\n\n`);
  };
  const host = await openHost({
    ...{ port: wanted, rendererFolder, media: studio.media },
    onChannel: (transport) => studio.connect(transport),
    onEntered: () => announce('A browser was let in. For another one:'),
  });
  if (host.port !== wanted)
    io.err(
      `note: Port ${wanted} is in use; this is ${host.port}. What the browser keeps, such as its layout, belongs to a port.\n`,
    );
  announce('The studio is at this address, which lets one browser in, once. Ctrl-C stops it.');
  return host;
}

/** Throws `invalid-argument`. */
async function requireRenderer(folder: string): Promise<void> {
  await access(path.join(folder, 'index.html')).catch((cause: unknown) => {
    const message = `The studio's window is not built: there is no index.html in ${folder}. Run "npm run build".`;
    throw new SluiceError('invalid-argument', message, { details: { folder }, cause });
  });
}
