/** A process that installs a pack: `install.test-process.ts <home> <folder or zip>`. Says at which byte it is, and its result. */
import { PackLibrary } from './library';

const [home = '', source = ''] = process.argv.slice(2);
const library = new PackLibrary({ builtInDirectories: [], home });
const options = { onProgress: (done: number) => process.send?.({ done }) };
const { isNew, pack } = await (source.endsWith('.zip')
  ? library.installFromZip(source, options)
  : library.installFromFolder(source, options));
process.send?.({ isNew, hash: pack.hash });
process.disconnect();
