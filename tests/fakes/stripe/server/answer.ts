/** What goes back over the wire. */
import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const jsonAnswer = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body: JSON.stringify(body, null, 2),
  headers: { 'Content-Type': 'application/json', ...headers },
});

export const textAnswer = (type: 'html' | 'javascript' | 'plain', body: string, status = 200): Answer => ({
  status,
  body,
  headers: { 'Content-Type': `text/${type}; charset=utf-8`, 'Cache-Control': 'no-store' },
});

export function send(response: ServerResponse, { status, body, headers }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, headers).end(body);
}
