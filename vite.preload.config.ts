/** Bundles the script that runs before the page of an Electron window. One file, in CommonJS: a sandboxed preload can load nothing else. */
import { defineConfig } from 'vite';

export default defineConfig({
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    target: 'chrome120',
    outDir: 'out',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { preload: 'src/preload/main.ts' },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
