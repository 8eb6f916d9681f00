/** What a pack is needed for at present: jobs that are not done, and shots of projects that are open. */
import { SluiceError } from '#shared/errors';
import type { Sha256 } from '#shared/units';
import type { Generation } from './generation';
import type { OpenProjects } from './open-projects';

export interface PackUsers {
  readonly generation: Pick<Generation, 'jobsHere'>;
  readonly projects: Pick<OpenProjects, 'all'>;
}

/** Throws `invalid-argument` with what needs the pack. */
export function refuseWhileUsed({ generation, projects }: PackUsers, hash: Sha256): void {
  const jobs = generation.jobsHere.filter(
    ({ request, state }) => request.packHash === hash && ['waiting', 'running', 'paused'].includes(state.kind),
  );
  if (jobs.length > 0)
    throw refused(hash, `${counted(jobs.length, 'job')} in the queue ${jobs.length === 1 ? 'needs' : 'need'} it`, {
      remedy: 'Wait for them, or cancel them',
    });
  for (const { project } of projects.all) {
    const shots = [...project.shots.values()].filter(({ packHash }) => packHash === hash);
    if (shots.length > 0)
      throw refused(hash, `“${project.title}” is open and has ${counted(shots.length, 'shot')} made with it`, {
        remedy: 'Close that project first, or remove them',
      });
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function refused(hash: Sha256, why: string, { remedy }: { readonly remedy: string }): SluiceError {
  return new SluiceError('invalid-argument', `The pack cannot be removed: ${why}. ${remedy}.`, { details: { hash } });
}
