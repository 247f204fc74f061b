/**
 * Why nothing is sold at a machine: it was outside its limits, nobody knows whether it was, or a person said so. Only silence
 * ends by itself.
 */
export type LockCause = 'temperature' | 'silence' | 'operator';
