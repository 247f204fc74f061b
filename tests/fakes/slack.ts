/**
 * A Slack to run against: `chat.postMessage` and `chat.update` over real HTTP on loopback, with the faults of the real
 * one on demand. Bodies are forms, as `@slack/web-api` sends them: https://docs.slack.dev/reference/methods/chat.postMessage
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SlackFault =
  | { readonly kind: 'rate_limited'; readonly retryAfter: number }
  | { readonly kind: 'server_error' }
  /** Takes the request and never answers. */
  | { readonly kind: 'silence' }
  /** Posts the message and never says so. */
  | { readonly kind: 'lost_answer' }
  | { readonly kind: 'invalid_auth' };

export interface SlackMessageReceived {
  readonly ts: string;
  readonly channel: string;
  /** The text for notifications, then what the blocks show. */
  readonly text: string;
  readonly shown: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface FakeSlack {
  /** For `slackApiUrl`. */
  readonly url: string;
  /** What stands in the channel, oldest first. */
  readonly messages: readonly SlackMessageReceived[];
  /** When each request came, whatever became of it (`Date.now()`). */
  readonly requests: readonly number[];
  /** Answers the next `times` requests (all of them where absent) with a fault. */
  fail(fault: SlackFault, times?: number): void;
  recover(): void;
  close(): Promise<void>;
}

export async function startFakeSlack(token = 'xoxb-fake-token'): Promise<FakeSlack> {
  const messages: SlackMessageReceived[] = [];
  const requests: number[] = [];
  let fault: SlackFault | undefined;
  let faultsLeft = 0;

  const post = (form: Record<string, string>) => {
    const { channel, text = '', blocks } = form;
    if (!channel) return { ok: false, error: 'channel_not_found' };
    if (!text && !blocks) return { ok: false, error: 'no_text' };
    const ts = `${Math.floor(Date.now() / 1000)}.${String(messages.length + 1).padStart(6, '0')}`;
    messages.push({ ts, channel, text, shown: shownIn(blocks), form });
    return { ok: true, channel, ts };
  };
  const update = (form: Record<string, string>) => {
    const index = messages.findIndex(({ ts, channel }) => ts === form.ts && channel === form.channel);
    const known = messages[index];
    if (!known) return { ok: false, error: 'message_not_found' };
    messages[index] = { ...known, text: form.text ?? known.text, shown: shownIn(form.blocks), form };
    return { ok: true, channel: known.channel, ts: known.ts };
  };
  const methods: Record<string, (form: Record<string, string>) => object> = {
    '/api/chat.postMessage': post,
    '/api/chat.update': update,
  };

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      requests.push(Date.now());
      const current = faultsLeft > 0 ? fault : undefined;
      if (current) faultsLeft -= 1;
      const form = Object.fromEntries(new URLSearchParams(body));
      const isOurs = request.headers.authorization === `Bearer ${token}`;
      if (current?.kind === 'silence') return;
      if (current?.kind === 'lost_answer') return void post(form);
      if (current?.kind === 'server_error') return void response.writeHead(500).end('internal error');
      if (current?.kind === 'rate_limited') {
        return void response.writeHead(429, { 'Retry-After': String(current.retryAfter) }).end();
      }
      if (current?.kind === 'invalid_auth' || !isOurs) return answer(response, { ok: false, error: 'invalid_auth' });
      const method = methods[request.url ?? ''];
      answer(response, method ? method(form) : { ok: false, error: 'unknown_method' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    messages,
    requests,
    fail(next, times = Number.POSITIVE_INFINITY) {
      fault = next;
      faultsLeft = times;
    },
    recover() {
      faultsLeft = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function shownIn(blocks: string | undefined): string {
  const parsed = JSON.parse(blocks ?? '[]') as { text?: { text?: string } }[];
  return parsed.map((block) => block.text?.text ?? '').join('\n');
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
