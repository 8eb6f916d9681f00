/**
 * `npm run setup [-- --for generate|test|start] [--browser]`: provides what this machine lacks, and says so in one line each.
 *
 * Runs before anything is built, so it is plain JavaScript. Everything here is optional for the caller: without ffmpeg Sluice
 * still generates and keeps its frames. Hence the exit status is 0 unless the command line itself is wrong.
 */
import { parseArgs } from 'node:util';
import { browserNeeds, needsOf } from './needs.mjs';

const usage = `Usage: npm run setup [-- --for ${Object.keys(needsOf).join('|')}] [--browser]`;

function wantedNeeds() {
  const { values } = parseArgs({
    options: { for: { type: 'string' }, browser: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return [];
  }
  const purposes = values.for === undefined ? Object.keys(needsOf) : [values.for];
  const unknown = purposes.find((purpose) => !Object.hasOwn(needsOf, purpose));
  if (unknown !== undefined) throw new Error(`--for knows ${Object.keys(needsOf).join(', ')}, not "${unknown}".`);
  return [...new Set([...purposes.flatMap((purpose) => needsOf[purpose]), ...(values.browser ? browserNeeds : [])])];
}

function say(name, text) {
  process.stdout.write(`${name.padEnd(10)} ${text}\n`);
}

async function setUp(need) {
  const there = need.find();
  if (there !== undefined) return say(need.name, `${there.at} (${there.note})`);
  const problem = await need.provide((text) => say(need.name, text));
  const provided = problem === undefined ? need.find() : undefined;
  if (provided !== undefined) say(need.name, `${provided.at} (${provided.note}, just installed)`);
  else say(need.name, `missing, needed for ${need.neededFor}: ${problem ?? 'installed, but not found'}.`);
}

try {
  for (const need of wantedNeeds()) await setUp(need);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 2;
}
