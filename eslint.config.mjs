import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Rooms that know nothing of Strapi: their logic is tested without it, and outlives it. */
const FREE_OF_STRAPI = [
  'src/plugins/purchases/server/src/{core,conduct,store,ports,read}/**',
  'src/plugins/vendron/server/src/gateway/**',
  'src/plugins/alerts/server/src/core/**',
  'src/plugins/meals/server/src/{allocate,check,core,deliveries,labels,lots,restock,store}/**',
  'src/plugins/telemetry/server/src/{core,conduct,store}/**',
  'src/plugins/billing/server/src/{books,checkout,core,customers,debts,holds,invoices,pages,periods,refunds,review,settle,store,stripe,webhooks}/**',
];
/** Where such a room is hung into Strapi. */
const WAYS_IN = ['src/plugins/billing/server/src/{pages,webhooks}/serve.ts'];
/** Who may read the environment itself. Everybody else asks `config/`. */
const READS_ENVIRONMENT = ['config/environment/**', 'scripts/**', 'tests/**', 'bench/**', 'simulator/**'];
const TESTS = ['**/*.test.ts', '**/*.test.tsx', '**/*.test.support.ts', 'tests/**'];

export default defineConfig(
  globalIgnores(['dist/', 'build/', '.cache/', '.data/', '.strapi/', 'coverage/', 'types/generated/']),
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      // NUL characters and the like are looked for on purpose: PostgreSQL cannot store them.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.check.json', './src/admin/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A promise may be made where nobody waits for it only when that is said: `void work()`.
      '@typescript-eslint/no-floating-promises': 'error',
      // Ports ask for promises; an implementation that has nothing to wait for is still one of them.
      '@typescript-eslint/require-await': 'off',
      // Methods here are closures in object literals; there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // Koa's `next` is typed so that this would forbid `return next()`.
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // What comes over the wire is looked at as it is; an expectation that fails says more than a type.
    files: [...TESTS, 'simulator/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: READS_ENVIRONMENT,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config/environment reads the environment.' },
      ],
    },
  },
  {
    files: FREE_OF_STRAPI,
    ignores: [...TESTS, ...WAYS_IN],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@strapi/*', '@strapi/*/**', '**/shared/runtime'],
              message: 'This room knows nothing of Strapi.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['simulator/page/**'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'document',
          'window',
          'history',
          'location',
          'localStorage',
          'navigator',
          'fetch',
          'EventSource',
          'setTimeout',
          'clearTimeout',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
