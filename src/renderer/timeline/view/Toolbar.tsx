/** Above the timeline: the tool in hand, snapping, and how close one looks. */
import {
  Magnet,
  Maximize2,
  MousePointer2,
  MoveHorizontal,
  Plus,
  Rows3,
  SquareSplitHorizontal,
  UnfoldHorizontal,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { CommandButton } from '../../commands/CommandButton';
import { useSay, useTimeline, useView } from '../../studio/use-studio';
import styles from './timeline.module.css';

export function Toolbar() {
  const say = useSay();
  const tool = useTimeline((state) => state.tool);
  const count = useTimeline(({ selection }) => selection.size);
  const opened = useTimeline((state) => state.opened);
  const snapping = useView((view) => view.snapping);
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('panel.timeline')}>
      <CommandButton id="toolSelect" isPressed={tool === 'select'}>
        <MousePointer2 size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="toolRipple" isPressed={tool === 'ripple'}>
        <UnfoldHorizontal size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="toolRoll" isPressed={tool === 'roll'}>
        <SquareSplitHorizontal size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="toolSlip" isPressed={tool === 'slip'}>
        <MoveHorizontal size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="snap" isPressed={snapping}>
        <Magnet size={14} aria-hidden />
      </CommandButton>
      <CommandButton id="ladder" isPressed={opened !== undefined}>
        <Rows3 size={14} aria-hidden />
      </CommandButton>
      <span className={styles['space']} />
      {count > 1 && <span className={styles['selected']}>{say('timeline.selected', { count })}</span>}
      <CommandButton id="addTrack">
        <Plus size={14} aria-hidden />
      </CommandButton>
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
