/** Above the timeline: the tool in hand, snapping and following, markers and tracks, and how close one looks. */
import {
  ArrowLeftRight,
  Gauge,
  Magnet,
  Maximize2,
  MousePointer2,
  MoveHorizontal,
  Music,
  Plus,
  Rows3,
  ScrollText,
  SquareSplitHorizontal,
  UnfoldHorizontal,
  ZoomIn,
  ZoomOut,
  type LucideIcon,
} from 'lucide-react';
import { CommandButton } from '../../commands/CommandButton';
import { useSay, useTimeline, useView } from '../../studio/use-studio';
import type { Tool } from '../gestures/choose';
import { MarkerList } from './MarkerList';
import styles from './timeline.module.css';

const toolButtons: readonly (readonly [Tool, string, LucideIcon])[] = [
  ['select', 'toolSelect', MousePointer2],
  ['ripple', 'toolRipple', UnfoldHorizontal],
  ['roll', 'toolRoll', SquareSplitHorizontal],
  ['slip', 'toolSlip', MoveHorizontal],
  ['slide', 'toolSlide', ArrowLeftRight],
  ['stretch', 'toolStretch', Gauge],
];

export function Toolbar() {
  const say = useSay();
  const tool = useTimeline((state) => state.tool);
  const count = useTimeline(({ selection }) => selection.size);
  const opened = useTimeline((state) => state.opened);
  const snapping = useView((view) => view.snapping);
  const follows = useView((view) => view.followsPlayhead);
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('panel.timeline')}>
      {toolButtons.map(([each, id, Icon]) => (
        <CommandButton key={id} id={id} isPressed={tool === each}>
          <Icon size={14} aria-hidden />
        </CommandButton>
      ))}
      <span className={styles['divider']} />
      <CommandButton id="snap" isPressed={snapping}>
        <Magnet size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="follow" isPressed={follows}>
        <ScrollText size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="ladder" isPressed={opened !== undefined}>
        <Rows3 size={14} aria-hidden />
      </CommandButton>
      <MarkerList />
      <span className={styles['space']} />
      {count > 1 && <span className={styles['selected']}>{say('timeline.selected', { count })}</span>}
      <CommandButton id="addTrack">
        <Plus size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="addSoundTrack">
        <Music size={14} aria-hidden />
      </CommandButton>
      <span className={styles['divider']} />
      <CommandButton id="zoomOut">
        <ZoomOut size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="zoomIn">
        <ZoomIn size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="zoomFit">
        <Maximize2 size={14} aria-hidden />
      </CommandButton>
    </div>
  );
}
