/** Which preset an export takes: the one that is named, else the one that the output's extension stands for, else H.264. */
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { exportPresets, type ExportPreset } from './presets';

const defaultPreset = 'mp4-h264';

/** Throws `invalid-argument` for an unknown preset or extension, or where the two contradict each other. */
export function choosePreset(id: string | undefined, outputPath: string | undefined): ExportPreset {
  if (id !== undefined) {
    const preset = presetWithId(id);
    if (outputPath !== undefined && preset.target === 'file' && extensionOf(outputPath) !== preset.extension)
      throw new SluiceError(
        'invalid-argument',
        `The preset "${id}" writes .${preset.extension} files, but the output is "${outputPath}". Change one of them.`,
      );
    return preset;
  }
  if (outputPath === undefined) return presetWithId(defaultPreset);
  const extension = extensionOf(outputPath);
  const found = exportPresets.find((preset) => preset.extension === extension);
  if (found !== undefined) return found;
  const known = [...new Set(exportPresets.map((preset) => preset.extension).filter((known) => known !== ''))].join(
    ', .',
  );
  throw new SluiceError(
    'invalid-argument',
    `No preset writes ".${extension}" files (output "${outputPath}"). Choose one of .${known}, or no extension for a folder of pictures.`,
  );
}

function presetWithId(id: string): ExportPreset {
  const found = exportPresets.find((preset) => preset.id === id);
  if (found !== undefined) return found;
  const known = exportPresets.map((preset) => preset.id).join(', ');
  throw new SluiceError('invalid-argument', `There is no export preset "${id}". Choose one of ${known}.`);
}

function extensionOf(outputPath: string): string {
  return path.extname(outputPath).slice(1).toLowerCase();
}
