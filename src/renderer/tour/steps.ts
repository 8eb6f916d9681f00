/** The stops of the tour: what each points at, and what is said there. */
import { promptInputId } from '../generate/prompt-input';
import type { TextKey } from '../text/english';

export interface TourStep {
  readonly id: string;
  /** Selects one element that is always there. */
  readonly anchor: string;
  readonly side: 'top' | 'bottom' | 'left' | 'right';
  readonly title: TextKey;
  readonly words: TextKey;
}

export const tourSteps: readonly TourStep[] = [
  { id: 'prompt', anchor: `#${promptInputId}`, side: 'bottom', title: 'tour.prompt', words: 'tour.promptWords' },
  { id: 'viewer', anchor: '#viewer', side: 'bottom', title: 'tour.viewer', words: 'tour.viewerWords' },
  { id: 'timeline', anchor: '#timeline', side: 'top', title: 'tour.timeline', words: 'tour.timelineWords' },
  { id: 'inspector', anchor: '#right', side: 'left', title: 'tour.inspector', words: 'tour.inspectorWords' },
  { id: 'rest', anchor: '[data-tour="projects"]', side: 'bottom', title: 'tour.rest', words: 'tour.restWords' },
];
