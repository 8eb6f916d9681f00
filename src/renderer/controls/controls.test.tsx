// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { Tooltip } from 'radix-ui';
import { afterEach, expect, test, vi } from 'vitest';
import { Actions } from './Actions';
import { Progress } from './Progress';
import { Switch } from './Switch';
import { Tabs } from './Tabs';
import { TextField } from './TextField';

afterEach(cleanup);

test('tabs show one page, and the arrow keys move between them', async () => {
  const user = userEvent.setup();
  const pages = [
    { value: 'one', label: 'One', content: 'first page' },
    { value: 'two', label: 'Two', content: 'second page' },
  ] as const;
  function Pages() {
    const [page, setPage] = useState<'one' | 'two'>('one');
    return <Tabs label="Pages" value={page} onChange={setPage} tabs={pages} placement="side" />;
  }
  render(<Pages />);
  await user.click(screen.getByRole('tab', { name: 'One' }));
  await user.keyboard('{ArrowDown}');
  expect(screen.getByRole('tabpanel').textContent).toBe('second page');
  expect(screen.getByRole('tab', { name: 'Two', selected: true })).toBe(document.activeElement);
});

test('a switch is on or off, by Space', async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  render(<Switch label="Snap" isOn={false} onChange={onChange} />);
  screen.getByRole('switch', { name: 'Snap', checked: false }).focus();
  await user.keyboard(' ');
  expect(onChange).toHaveBeenCalledExactlyOnceWith(true);
});

test('progress says its per cent, and never more than all', () => {
  render(<Progress label="Installing" share={1.7} />);
  expect(screen.getByRole('progressbar', { name: 'Installing' }).getAttribute('aria-valuenow')).toBe('100');
  expect(screen.getByText('100 %')).toBeTruthy();
});

test('a menu of actions runs the one that is chosen, after it closed', async () => {
  const user = userEvent.setup();
  const run = vi.fn();
  render(
    <Tooltip.Provider>
      <Actions
        label="Actions for Harbour"
        actions={[
          { id: 'rename', label: 'Rename', run: () => undefined, isDisabled: true },
          { id: 'copy', label: 'Duplicate', run },
        ]}
      />
    </Tooltip.Provider>,
  );
  await user.click(screen.getByRole('button', { name: 'Actions for Harbour' }));
  await user.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => run.mock.calls).toHaveLength(1);
  expect(screen.queryByRole('menu')).toBeNull();
});

test('a line of text is whole at Enter', async () => {
  const user = userEvent.setup();
  const onEnter = vi.fn<(text: string) => void>();
  function Line() {
    const [text, setText] = useState('');
    return <TextField label="Title" value={text} onChange={setText} onEnter={() => onEnter(text)} isFocused />;
  }
  render(<Line />);
  await user.keyboard('Quay{Enter}');
  expect(onEnter).toHaveBeenCalledExactlyOnceWith('Quay');
});
