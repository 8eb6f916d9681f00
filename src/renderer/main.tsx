/** Where the studio begins in a window: view state first, so that nothing jumps, then the connection, then the picture. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/App';
import { preferredTheme } from './studio/looks';
import { openPlatformTransport } from './studio/platform-transport';
import './theme/tokens.css';
import './theme/base.css';
import { ViewDatabase } from './view-state/database';
import { openViewStore } from './view-state/view-store';

// The content security policy forbids what zod would otherwise compile.
z.config({ jitless: true });

const root = document.getElementById('studio');
if (root !== null) {
  const view = await openViewStore(new ViewDatabase(), {
    theme: preferredTheme(),
    languages: navigator.languages,
  });
  createRoot(root).render(
    <StrictMode>
      <App view={view} openTransport={openPlatformTransport} />
    </StrictMode>,
  );
}
