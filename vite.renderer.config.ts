/** Bundles the studio that runs in a window or a browser. The build lands beside main's, which serves it. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: path.join(import.meta.dirname, 'src/renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    sourcemap: true,
    /** A strict content security policy has no room for data URLs in scripts; small pictures may stay inline. */
    assetsInlineLimit: 2048,
    /** The policy forbids inline scripts, and every browser of the target preloads modules by itself. */
    modulePreload: { polyfill: false },
  },
});
