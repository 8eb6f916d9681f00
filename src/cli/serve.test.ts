import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testPack } from '#main/jobs/jobs.test-support';
import { connectWindow, enterBy, firstOf, makeShot } from '#main/studio/window.test-support';
import { cliWorkplace } from './cli.test-support';

const workplace = cliWorkplace();
/** Below the ports that systems give out by themselves, so that nothing takes it meanwhile. */
const port = 17_420 + (process.pid % 1000);

interface Address {
  readonly url: string;
  readonly port: number;
}

function addressesIn(out: string): readonly Address[] {
  return out
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Address);
}

async function comeIn({ url }: Address): Promise<{ readonly entered: number; readonly page: Response }> {
  const { status, cookie } = await enterBy(url);
  return { entered: status, page: await fetch(new URL(url).origin, { headers: { Cookie: cookie } }) };
}

describe('sluice serve', { timeout: 120_000 }, () => {
  it('serves the built studio to whoever has the address, gives a new one, and stops cleanly', async () => {
    let first: Promise<{ entered: number; page: Response; again: number }> | undefined;
    const result = await workplace.run(['serve', '--port', String(port), '--json'], {
      onOut: (out, interrupt) => {
        const [address, next] = addressesIn(out);
        if (address === undefined) return;
        first ??= comeIn(address).then(async (visit) => ({ ...visit, again: (await comeIn(address)).entered }));
        if (next !== undefined) void first.finally(() => interrupt('SIGINT'));
      },
    });
    const visit = await first;
    expect(visit).toMatchObject({ entered: 204, again: 401 });
    expect(await visit?.page.text()).toContain('<title>');
    expect(result.status).toBe(0);
    const [address, next] = addressesIn(result.out);
    expect([address?.port, next?.port]).toEqual([port, port]);
    expect(next?.url).not.toBe(address?.url);
    expect(result.err).not.toContain(new URL(address?.url ?? '').hash.slice(1));
  });

  it.runIf(process.platform === 'linux')(
    'gives the address to the browser by a file, not by an argument, and says where there is no browser',
    async () => {
      const bin = path.join(workplace.folder, 'bin');
      mkdirSync(bin);
      writeFileSync(
        path.join(bin, 'xdg-open'),
        `#!/bin/sh\necho "$@" > ${bin}/arguments\ncat "$1" > ${bin}/page\nexit 3\n`,
        { mode: 0o755 },
      );
      const result = await workplace.run(['serve', '--port', String(port), '--open'], {
        env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
        // Once: a second time would end it before it has cleared up.
        onErr: (err, interrupt) => {
          if (err.includes('No browser could be opened') && !err.includes('Cancelling')) interrupt('SIGINT');
        },
      });
      expect(readFileSync(path.join(bin, 'arguments'), 'utf8')).not.toContain('#');
      expect(readFileSync(path.join(bin, 'page'), 'utf8')).toContain(`url=http://127.0.0.1:${port}/enter#`);
      expect(result.err).toContain('No browser could be opened');
      expect(readdirSync(workplace.home).filter((name) => name.startsWith('enter-'))).toEqual([]);
      expect(result.status).toBe(0);
    },
  );

  it.runIf(process.platform === 'linux')(
    'killed with a browser on its way, it leaves an entry, which the next one removes',
    async () => {
      const bin = path.join(workplace.folder, 'slow');
      mkdirSync(bin);
      writeFileSync(path.join(bin, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 });
      const entries = () => readdirSync(workplace.home).filter((name) => name.startsWith('enter-'));
      const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
      const serve = (more: readonly string[], whenServed: (kill: (signal: NodeJS.Signals) => void) => void) =>
        workplace.run(['serve', '--port', String(port), '--json', ...more], {
          env,
          onOut: (out, kill) => {
            if (addressesIn(out).length > 0) whenServed(kill);
          },
        });
      let waited: Promise<void> | undefined;
      await serve(['--open'], (kill) => {
        waited ??= expect
          .poll(() => entries().length)
          .toBe(1)
          .finally(() => kill('SIGKILL'));
      });
      await waited;
      expect(entries()).toHaveLength(1);
      let found: readonly string[] | undefined;
      await serve([], (kill) => {
        found ??= entries();
        kill('SIGINT');
      });
      expect(found).toEqual([]);
    },
  );

  it('killed at work, it has every acknowledged edit and goes on with its jobs when it is started again', async () => {
    let folder = '';
    let worked: Promise<void> | undefined;
    const work = async ({ url }: Address): Promise<void> => {
      const window = await connectWindow(url);
      const opened = await window.request('createProject', { title: 'Harbour', parent: workplace.folder });
      ({ folder } = opened);
      const { takeId } = await makeShot(window, opened, { packHash: testPack().hash });
      // Listens before there is anything to hear: a short job may be over before a later question arrives.
      const events = window.stream('jobEvents', {});
      await window.request('generate', { open: opened.open, takes: [takeId] });
      await firstOf(events, ({ event }) => event.kind === 'progress');
    };
    const killed = await workplace.run(['serve', '--port', String(port + 1), '--json'], {
      onOut: (out, kill) => {
        const [address] = addressesIn(out);
        if (address !== undefined) worked ??= work(address).finally(() => kill('SIGKILL'));
      },
    });
    await worked;
    expect(killed.status).toBeNull();

    let looked: Promise<number | undefined> | undefined;
    const look = async ({ url }: Address): Promise<number | undefined> => {
      const window = await connectWindow(url);
      const queue = window.stream('queue', {});
      await firstOf(queue, (facts) => facts.kind === 'here' && facts.jobs[0]?.state.kind === 'done');
      const { project } = await window.request('openProject', { folder });
      return [...project.takes.values()][0]?.made.length;
    };
    await workplace.run(['serve', '--port', String(port + 1), '--json'], {
      onOut: (out, kill) => {
        const [address] = addressesIn(out);
        if (address !== undefined) looked ??= look(address).finally(() => kill('SIGINT'));
      },
    });
    expect(await looked).toBe(testPack().manifest.stages.length);
  });

  it('refuses ports that cannot be', async () => {
    const result = await workplace.run(['serve', '--port', '70000']);
    expect(result.status).toBe(2);
  });
});
