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
    // A shared machine may stand still for seconds (decision 0011). What passed only on a second try is reported as such.
    retry: process.env['CI'] === undefined ? 0 : 2,
    globalSetup: ['src/build-once.test-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes in milliseconds where nothing else runs, and in seconds where the machine stands still meanwhile.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          // Vitest leaves one core to itself; on two that would be half of them.
          maxWorkers: '100%',
          setupFiles: ['src/renderer/jsdom.test-setup.ts'],
          include: ['src/**/*.test.{ts,tsx}', 'eslint/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
      {
        extends: true,
        // A browser, a host, ONNX Runtime and ffmpeg each: one after the other, when nothing else runs.
        test: {
          name: 'e2e',
          globalSetup: ['e2e/one-renderer.test-setup.ts'],
          include: ['e2e/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
