import type { Random } from '../random';

/** Frames that are nothing at all, wherever they come. */
export const RUBBISH = [
  'not-json',
  'empty',
  'array',
  'null',
  'binary',
  'huge',
  'deep',
  'unknown-command',
  'prototype',
] as const;
type Rubbish = (typeof RUBBISH)[number];

const DEPTH = 100_000;
const taken = (list: string) =>
  `{"command":"smart_fridge_product_taken","command_data":{"status":1,"error_data":[],"json_data":{"code":1,"message":"","list":${list}}},"ref":"?"}`;

/** The bytes of a frame that makes no sense; a Buffer goes out as a binary frame. */
export function rubbish(kind: Rubbish, bytes: number, random: Random): string | Buffer {
  switch (kind) {
    case 'not-json':
      return '{"command":"smart_fridge_product_taken","command_data":{"status":1,';
    case 'empty':
      return '';
    case 'array':
      return '[1,"two",{"three":3}]';
    case 'null':
      return 'null';
    case 'binary':
      return Buffer.from(Array.from({ length: 256 }, () => random.between(0, 255)));
    case 'huge':
      // Valid JSON, so that only its size can be what is wrong with it.
      return `{"command":"smart_fridge_product_taken","padding":"${'x'.repeat(Math.max(0, bytes - 55))}"}`;
    case 'deep':
      return taken('['.repeat(DEPTH) + ']'.repeat(DEPTH));
    case 'unknown-command':
      return '{"command":"smart_fridge_defrosted","command_data":{"status":1,"error_data":[],"json_data":[]},"ref":"?"}';
    case 'prototype':
      return '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"command":"toString","command_data":null}';
  }
}
