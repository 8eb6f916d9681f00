/** The scale at which a whole project is in sight. */
import type { Project } from '#shared/project/project';
import { lengthFrames } from './project-length';
import { fitting, type Scale } from './scale';

/** Ten seconds at 24 fps: an empty project has room for a first shot or two. */
const beginningFrames = 240;
/** A second: closer would not show a whole more clearly. */
const leastFrames = 24;

export function wholeInSight(project: Pick<Project, 'clips'>, width: number): Scale {
  const frames = project.clips.size === 0 ? beginningFrames : Math.max(leastFrames, lengthFrames(project));
  return fitting(frames, width);
}
