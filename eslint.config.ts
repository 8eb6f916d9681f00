import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { layersRule } from './eslint/layers.ts';

export default defineConfig(
  {
    ignores: [
      'out/',
      'models/',
      'node_modules/',
      'scripts/**/*.mjs',
      'resources/**/*.mjs',
      'packaging/**/*.mjs',
      'packaging/app/',
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { sluice: { rules: { layers: layersRule } } },
    rules: {
      'sluice/layers': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    // Main is plain Node everywhere but behind this door.
    files: ['src/main/**', 'src/cli/**'],
    ignores: ['src/main/shell/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { paths: ['electron'] }],
    },
  },
  {
    files: ['src/renderer/**'],
    plugins: { 'react-hooks': { rules: reactHooks.rules } },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['**/*.test.{ts,tsx}', '**/*.test-*.{ts,tsx}'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
