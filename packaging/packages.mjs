/** Copies packages as they are installed, with what they need in turn, so that the packaged program has the versions of the lockfile. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** What their installation needs and their use does not. */
const installOnly = {
  'onnxruntime-node': ['adm-zip', 'global-agent'],
  'ffmpeg-static': ['@derhuerst/http-basic', 'env-paths', 'https-proxy-agent', 'progress'],
};
/** Folders and files of packages that no program loads. */
const idle =
  /(^|[\\/])(test|tests|docs|examples?|example\.js|install\.js|scripts?|node_modules|.*\.(map|flow|[cm]?ts)|(README|CHANGELOG).*)$/i;

/**
 * @param {Iterable<string>} names
 * @param {{ readonly from: string, readonly to: string }} folders
 * @returns {Record<string, string>} versions of the named ones
 */
export function packagesOf(names, { from, to }) {
  const versions = {};
  const copied = new Map();
  const copy = (name, owner) => {
    const folder = folderOf(name, owner);
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const known = copied.get(name);
    if (known !== undefined && known !== manifest.version)
      throw new Error(`${name} is needed in two versions, ${known} and ${manifest.version}: nest one of them.`);
    if (known !== undefined) return manifest.version;
    copied.set(name, manifest.version);
    const target = path.join(to, name);
    cpSync(folder, target, { recursive: true, filter: (file) => !idle.test(path.relative(folder, file)) });
    const needed = Object.entries(manifest.dependencies ?? {}).filter(([of]) => !installOnly[name]?.includes(of));
    const { scripts, devDependencies, optionalDependencies, peerDependencies, ...kept } = manifest;
    const written = { ...kept, dependencies: Object.fromEntries(needed) };
    writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(written, undefined, 2)}\n`);
    for (const [of] of needed) copy(of, folder);
    return manifest.version;
  };
  for (const name of [...names].sort()) versions[name] = copy(name, from);
  return versions;
}

/** As Node finds it from `owner`, though its exports may not show its manifest. */
function folderOf(name, owner) {
  const places = createRequire(path.join(owner, 'x.js')).resolve.paths(name) ?? [];
  for (const place of places)
    try {
      const folder = path.join(place, name);
      readFileSync(path.join(folder, 'package.json'));
      return folder;
    } catch {
      continue;
    }
  throw new Error(`${name} is not installed: run "npm ci".`);
}
