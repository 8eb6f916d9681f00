/** The whole window over a main in memory. Needs jsdom and `fake-indexeddb`. */
import { render, screen } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import type { Transport } from '#shared/channel/transport';
import { openTestView } from '../studio/open-studio.test-support';
import { App } from './App';

/** Returns the hands of whoever uses it, once the project of the fakes is there. */
export async function openApp(openTransport: () => Transport): Promise<UserEvent> {
  render(<App view={await openTestView()} openTransport={openTransport} />);
  await screen.findByRole('heading', { name: 'Test' });
  return userEvent.setup();
}
