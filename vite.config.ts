/** Bundles the entry points that Node runs: the command line, Electron's main, the inference process, the benchmark. `vitest` reads the test section. */
import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const entries = {
  cli: 'src/cli/main.ts',
  shell: 'src/main/shell/main.ts',
  inference: 'src/inference/main.ts',
  'export-thread': 'src/main/export/worker/main.ts',
  'pack-thread': 'src/main/packs/content-thread/main.ts',
  bench: 'bench/main.ts',
  'bench-studio': 'bench/studio.ts',
};

export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'eslint/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
      'e2e/**/*.test.ts',
    ],
    globalSetup: ['src/build-once.test-setup.ts'],
    testTimeout: 30_000,
  },
});
