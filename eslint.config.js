import js from '@eslint/js';
import node from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';

/** Strict, typed rules for the product; the same rules, minus the ones that only make fakes wordier, for tests. */
export default tseslint.config(
  { ignores: ['dist/', 'lib/', 'build/', 'node_modules/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'fetch', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'core has no clock: take `now` as a parameter.' },
        { object: 'Math', property: 'random', message: 'core has no randomness: take it as a parameter.' },
      ],
    },
  },
  // The bundles run on every Node that package.json names; sources, tests and scripts run on the newest of them.
  {
    files: ['src/**/*.ts', 'job/**/*.ts'],
    plugins: { n: node },
    rules: {
      'n/no-unsupported-features/es-builtins': 'error',
      // Two are there in Node 20 under the name of experiments; adapters/files/glob.ts does without the third.
      'n/no-unsupported-features/node-builtins': [
        'error',
        { ignores: ['crypto.hash', 'fs/promises.glob', 'util.styleText'] },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'examples/**/*.ts'],
    rules: {
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly' } },
  },
);
