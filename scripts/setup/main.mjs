/**
 * `npm run setup [-- --for generate|test|start] [--browser]`: provides what this machine lacks, and says so in one line each.
 * With `--quiet` it speaks only of what is missing, so that other commands can begin with it.
 *
 * Runs before anything is built, so it is plain JavaScript. What cannot be provided is said, and stops nothing here: the command that
 * comes after says itself what it cannot do without, as `generate` does of ffmpeg before it computes anything. Hence the exit status is 0
 * unless the command line itself is wrong. Standard output belongs to that command, so all words go to standard error.
 */
import { parseArgs } from 'node:util';
import { browserNeeds, needsOf } from './needs.mjs';

const usage = `Usage: npm run setup [-- --for ${Object.keys(needsOf).join('|')}] [--browser] [--quiet]`;
const options = {
  for: { type: 'string' },
  browser: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** For the purpose that is named, or for all. */
function wantedNeeds({ for: purpose, browser }) {
  const purposes = purpose === undefined ? Object.keys(needsOf) : [purpose];
  const unknown = purposes.find((name) => !Object.hasOwn(needsOf, name));
  if (unknown !== undefined) throw new Error(`--for knows ${Object.keys(needsOf).join(', ')}, not "${unknown}".`);
  return new Set([...purposes.flatMap((name) => needsOf[name]), ...(browser ? browserNeeds : [])]);
}

function say(name, text) {
  process.stderr.write(`${name.padEnd(10)} ${text}\n`);
}

async function setUp(need, isQuiet) {
  const there = need.find();
  if (there !== undefined) {
    if (!isQuiet) say(need.name, `${there.at} (${there.note})`);
    return;
  }
  const problem = await need.provide((text) => say(need.name, text), !isQuiet);
  const provided = problem === undefined ? need.find() : undefined;
  if (provided !== undefined) say(need.name, `${provided.at} (${provided.note}, just installed)`);
  else say(need.name, `missing, needed for ${need.neededFor}: ${problem ?? 'installed, but not found'}.`);
}

try {
  const { values } = parseArgs({ options });
  if (values.help) process.stderr.write(`${usage}\n`);
  else for (const need of wantedNeeds(values)) await setUp(need, values.quiet);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 2;
}
