/** The tests that take minutes, one file at a time: `npm run test:long`. */
const { projects } = require('./jest.config');

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 1,
  projects: projects
    .filter(({ displayName }) => displayName === 'larder')
    .map((project) => ({ ...project, testMatch: ['**/*.long.test.ts'], testPathIgnorePatterns: ['/node_modules/'] })),
};
