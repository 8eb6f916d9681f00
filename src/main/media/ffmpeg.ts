/**
 * Finds ffmpeg: where the user says, ffmpeg-static's binary, the PATH. Installs nothing and starts nothing; `npm run setup`
 * provides it (scripts/setup/ffmpeg.mjs looks in the same places).
 */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import ffmpegStatic from 'ffmpeg-static';
import { SluiceError } from '#shared/errors';

export interface FfmpegSearch {
  /** The user's own choice (SLUICE_FFMPEG); '' or absent: none. */
  readonly chosen?: string | undefined;
  /** Directories as in the environment variable PATH. */
  readonly searchPath: string;
}

export interface Ffmpeg {
  /** Absolute, unless the user chose otherwise. */
  readonly path: string;
  readonly source: 'chosen' | 'bundled' | 'search-path';
}

/** In a packaged program it lies beside the archive that the code is in: nothing can be started from inside of that. */
const bundledPath = ffmpegStatic?.replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);

/** Throws `ffmpeg-missing`. */
export function locateFfmpeg(search: FfmpegSearch): Ffmpeg {
  const { chosen = '' } = search;
  if (chosen !== '') {
    if (isProgram(chosen)) return { path: chosen, source: 'chosen' };
    throw new SluiceError(
      'ffmpeg-missing',
      `SLUICE_FFMPEG names "${chosen}", which is not a program. Correct or unset it.`,
      {
        details: { chosen },
      },
    );
  }
  if (bundledPath !== undefined && isProgram(bundledPath)) return { path: bundledPath, source: 'bundled' };
  const found = onSearchPath(search.searchPath);
  if (found !== undefined) return { path: found, source: 'search-path' };
  throw new SluiceError(
    'ffmpeg-missing',
    'Reading and writing media needs ffmpeg, which was found neither beside Sluice nor on the PATH. Run "npm run setup", install ffmpeg, or set SLUICE_FFMPEG to its path.',
  );
}

function onSearchPath(searchPath: string): string | undefined {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  return searchPath
    .split(path.delimiter)
    .filter((directory) => path.isAbsolute(directory))
    .map((directory) => path.join(directory, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
