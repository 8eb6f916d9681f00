/** Which names fit the kinds of files that are asked for. Pure. */
import type { PathQuestion } from '#shared/studio/desktop';
import { extensionOf } from './paths';

export type FileTypes = NonNullable<Extract<PathQuestion, { kind: 'files' }>['types']>;

/** Any name, where no kinds are named. */
export function fits(name: string, types: FileTypes): boolean {
  const extensions = types.flatMap((type) => type.extensions);
  return extensions.length === 0 || extensions.includes('*') || extensions.includes(extensionOf(name));
}

/** A name that fits: with the first extension where it has none of them. */
export function withExtension(name: string, types: FileTypes): string {
  const [first] = types.flatMap((type) => type.extensions);
  return first === undefined || first === '*' || fits(name, types) ? name : `${name}.${first}`;
}
