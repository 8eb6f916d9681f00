// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { NameField } from './NameField';

afterEach(cleanup);

function open() {
  const onEnd = vi.fn<(name?: string) => void>();
  render(<NameField label="Name of V1" name="V1" onEnd={onEnd} />);
  return { field: screen.getByRole('textbox', { name: 'Name of V1' }), onEnd };
}

test.each([
  ['Enter', 'Sky'],
  ['Escape', undefined],
])('%s ends it once, also where the browser sends a blur after it', (key, name) => {
  const { field, onEnd } = open();
  fireEvent.change(field, { target: { value: '  Sky\t ' } });
  fireEvent.keyDown(field, { key });
  fireEvent.blur(field);
  expect(onEnd.mock.calls).toEqual([[name]]);
});

test('leaving it ends it once, with what is written', () => {
  const { field, onEnd } = open();
  fireEvent.change(field, { target: { value: 'Sky' } });
  fireEvent.blur(field);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onEnd.mock.calls).toEqual([['Sky']]);
});

test('Enter that ends a syllable does not end the name', () => {
  const { field, onEnd } = open();
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect(onEnd).not.toHaveBeenCalled();
});
