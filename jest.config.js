/** Two kinds of tests: units beside the code, and whole Larders as child processes on a real PostgreSQL under `tests/`. */
const transform = {
  '^.+\\.tsx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' } }],
};
const common = {
  transform,
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
};

/** @type {import('jest').Config} */
module.exports = {
  // Three files at a time keep two cores busy; more only wait for one another.
  maxWorkers: 3,
  testSequencer: '<rootDir>/tests/support/longest-first.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/src', '<rootDir>/config', '<rootDir>/simulator', '<rootDir>/scripts', '<rootDir>/tests/fakes'],
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
    },
    {
      ...common,
      displayName: 'larder',
      roots: ['<rootDir>/tests'],
      testMatch: ['**/*.test.ts'],
      // `npm run test:long` runs these, see jest.long.config.js.
      testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$', '<rootDir>/tests/fakes/'],
      globalSetup: '<rootDir>/tests/support/global-setup.ts',
      globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
      setupFilesAfterEnv: ['<rootDir>/tests/support/time-limit.ts'],
    },
  ],
};
