/** The bytes of a request, as they came: a signature is over these, not over what they mean. */
import type { IncomingMessage } from 'node:http';

/** Stripe's events are far smaller than this. */
export const MOST_BYTES = 1024 * 1024;

/** @returns null where there are more than {@link MOST_BYTES}: the rest is not read. Throws where the caller hangs up. */
export async function readRawBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop must not destroy the socket: the answer still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
