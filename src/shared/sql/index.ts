export * from './conditions';
export * from './database';
export * from './errors';
export * from './locks';
export * from './notifications';
export * from './until-available';
export * from './types';
