/** Presets of any kind, each under a name of its own. Pure. */

interface Named {
  readonly name: string;
}

/** In place of the one with the same name, else at the end. */
export function withPreset<Preset extends Named>(presets: readonly Preset[], preset: Preset): Preset[] {
  const at = presets.findIndex(({ name }) => name === preset.name);
  return at === -1 ? [...presets, preset] : presets.with(at, preset);
}

/** The same where another one has the name. */
export function renamed<Preset extends Named>(presets: readonly Preset[], from: string, to: string): Preset[] {
  if (presets.some(({ name }) => name === to)) return [...presets];
  return presets.map((preset) => (preset.name === from ? { ...preset, name: to } : preset));
}

export interface Removed<Preset> {
  readonly preset: Preset;
  /** Where it stood. */
  readonly at: number;
}

/** Undefined where none became fewer: one with another name is no removal. */
export function removedPreset<Preset extends Named>(
  before: readonly Preset[],
  now: readonly Preset[],
): Removed<Preset> | undefined {
  if (now.length >= before.length) return undefined;
  const at = before.findIndex(({ name }) => now.every((preset) => preset.name !== name));
  const preset = before[at];
  return preset && { preset, at };
}

/** As it is where its name has been given anew meanwhile. */
export function withAgain<Preset extends Named>(presets: readonly Preset[], { preset, at }: Removed<Preset>): Preset[] {
  return presets.some(({ name }) => name === preset.name) ? [...presets] : presets.toSpliced(at, 0, preset);
}
