import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { fieldOf, wordsOf } from '../issue';
import { Problem } from './problem';

const LIMIT = 64 * 1024;

/** The JSON of a request, checked. Throws a `Problem` (400 naming the field, or 413). */
export async function readBody<S extends z.ZodType>(request: IncomingMessage, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(parse(await readText(request)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = fieldOf(issue);
  throw new Problem(400, `${field ? `"${field}"` : 'The body'} ${wordsOf(issue)}.`, field || undefined);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LIMIT) throw new Problem(413, `The body is longer than ${LIMIT} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}
