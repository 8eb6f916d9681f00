/** The prompts of before, the newest last: those of the project, and those that this browser remembers. Pure. */
import type { Project } from '#shared/project/project';

const mostPrompts = 50;

export function promptsBefore(project: Pick<Project, 'shots'>, kept: readonly string[]): readonly string[] {
  const ofShots = [...project.shots.values()].map(({ direction }) => direction.prompts[0]?.prompt ?? '');
  return unique([...ofShots, ...kept]);
}

/** With `prompt` as the newest. */
export function withPrompt(kept: readonly string[], prompt: string): string[] {
  return [...unique([...kept, prompt])].slice(-mostPrompts);
}

/** Each once, at its last place. */
function unique(prompts: readonly string[]): readonly string[] {
  return [...new Set(prompts.filter((prompt) => prompt !== '').toReversed())].toReversed();
}
