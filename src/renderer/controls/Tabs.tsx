/** Several pages in one place, of which one shows. Arrow keys move between them; `side` puts their names in a column. */
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly content: ReactNode;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly Tab<Value>[];
  readonly onChange: (value: Value) => void;
  readonly placement?: 'top' | 'side';
}

export function Tabs<Value extends string>({ label, value, tabs, onChange, placement = 'top' }: Props<Value>) {
  return (
    <Radix.Root
      className={styles[placement]}
      orientation={placement === 'side' ? 'vertical' : 'horizontal'}
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((each) => each.value === next);
        if (tab !== undefined) onChange(tab.value);
      }}
    >
      <Radix.List className={styles['list']} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={styles['tab']}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className={styles['page']}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
