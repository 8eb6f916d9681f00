/** A window over the window: a title, a way out, what it holds, and beneath that what can be done. Escape closes it. */
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useSay } from '../studio/use-studio';
import { IconButton } from './Button';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  /** Read aloud after the title, and shown under it. */
  readonly description?: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** `small` asks, `medium` is a form, `wide` a list, `screen` as large as the window allows. */
  readonly size?: 'small' | 'medium' | 'wide' | 'screen';
  /** Buttons, the strong one last. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

export function Dialog({ size = 'medium', ...props }: DialogProps) {
  return <Layer {...props} className={styles[size]} />;
}

/** As a dialog, along the right edge: for what is looked at beside the work. */
export function Sheet(props: Omit<DialogProps, 'size'>) {
  return <Layer {...props} className={styles['sheet']} />;
}

interface LayerProps extends Omit<DialogProps, 'size'> {
  readonly className: string | undefined;
}

function Layer({ title, description, isOpen, onOpenChange, footer, children, className }: LayerProps) {
  const say = useSay();
  const described = description === undefined ? { 'aria-describedby': undefined } : {};
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles['shade']} />
        <Radix.Content
          className={`${styles['window']} ${className}`}
          // To the window itself, not its way out. A field that asks for the focus has it already.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onInteractOutside={(event) => {
            if (isToast(event.target)) event.preventDefault();
          }}
          {...described}
        >
          <header className={styles['head']}>
            <Radix.Title className={styles['title']}>{title}</Radix.Title>
            <IconButton label={say('dialog.close')} onClick={() => onOpenChange(false)}>
              <X size={14} aria-hidden />
            </IconButton>
            {description !== undefined && (
              <Radix.Description className={styles['description']}>{description}</Radix.Description>
            )}
          </header>
          <div className={styles['body']}>{children}</div>
          {footer !== undefined && <footer className={styles['foot']}>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A toast lies over the window and is part of none: what is done there must not close it. */
function isToast(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-sonner-toaster]') !== null;
}
