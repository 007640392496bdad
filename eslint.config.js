import tseslint from 'typescript-eslint';

const pure = [
  'packages/core/src/**',
  'packages/exposition/src/**',
  'packages/hpa/src/**',
  'packages/simulator/src/**',
];
const sizes = { skipBlankLines: true, skipComments: true };

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/node_modules/**',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
      '*.config.ts',
      '**/test/fixtures/**',
      'packages/kit/src/admin/worker-bundle.ts',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 400, ...sizes }],
      'max-lines-per-function': ['error', { max: 60, ...sizes }],
      complexity: ['error', 15],
      'max-params': ['error', 4],
      'no-console': 'error',
      // Express tells its error handlers by their four parameters, used or not.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'typeLike', format: ['PascalCase'] },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'This package is pure: inputs in, result out.' },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'setTimeout',
        'setInterval',
        'process',
        'fetch',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    files: ['**/test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['conformance/src/**', 'bench/src/**', 'scripts/src/**', 'examples/*/src/**'],
    rules: { 'no-console': 'off' },
  },
);
