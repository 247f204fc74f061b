export { fingerprint } from './fingerprint';
export { isStorable, parse, storableText } from './parse';
export type { Parsed } from './parse';
export { GENERAL_CODES, type GeneralCode } from './general-codes';
export { refuse, refuseFields } from './refuse';
export type { FieldFault } from './refuse';
export { callerOf, visibleUserId } from './caller';
export { frontEndAuth } from './front-end-auth';
export type { Caller } from './caller';
