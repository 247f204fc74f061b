export { releaseBootLock, takeBootLock } from './boot-lock';
export { runtime } from './runtime';
export type { Runtime } from './runtime';
