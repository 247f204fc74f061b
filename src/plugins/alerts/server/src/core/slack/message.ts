import type { SectionBlock } from '@slack/web-api';
import type { Alert, AlertCause } from '../../../../../purchases/server/src/ports/notifier';
import { causes } from '../causes';
import { wordsFor, type Language } from '../words';
import { code, defuse, escape } from './text';

/** What is new about an incident. */
export interface IncidentNews {
  readonly kind: 'raised' | 'counted' | 'resolved';
  readonly documentId: string;
  readonly cause: AlertCause;
  readonly severity: Alert['severity'];
  readonly count: number;
  readonly reportedCount: number;
  readonly message: string;
  readonly vendorMessage: string | null;
  readonly customerId: string | null;
  readonly machineId: string | null;
  readonly machineLabel: string | null;
  readonly transactionId: string | null;
}

/** The arguments of `chat.postMessage` beside the channel. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: SectionBlock[];
  readonly unfurl_links: boolean;
  readonly unfurl_media: boolean;
}

const ICONS = { notice: ':information_source:', warning: ':warning:', urgent: ':rotating_light:' };

/**
 * The Slack message for a piece of news. It carries links into the panel and the customer's id, and no other personal
 * datum. @param publicUrl where this Larder's panel is reached.
 */
export function slackMessage(news: IncidentNews, language: Language, publicUrl: string): SlackMessage {
  const words = wordsFor(language);
  const cause = words.causes[news.cause];
  const isOver = news.kind === 'resolved';
  const title = isOver ? words.resolved(cause.title) : cause.title;
  const where = news.machineLabel === null ? words.noMachine : defuse(news.machineLabel, 120);
  const facts = [
    `*${words.machine}* ${where}`,
    ...(news.customerId === null ? [] : [`*${words.customer}* ${code(news.customerId)}`]),
    `*${words.cause}* ${code(news.cause)}`,
    `*${words.count}* ${words.times(news.count, news.count - news.reportedCount, news.kind === 'counted')}`,
  ];
  const lines = [
    `${isCalling(news) ? '<!channel> ' : ''}${isOver ? ':white_check_mark:' : ICONS[news.severity]} *${escape(title)}*`,
    escape(isOver ? cause.over : cause.meaning),
    ...(isOver ? [] : [`> ${defuse(news.message)}`]),
    facts.join('  ·  '),
    ...(isOver || news.vendorMessage === null ? [] : [`*${words.otherSide}* “${defuse(news.vendorMessage)}”`]),
    links(news, publicUrl, words).join('  ·  '),
  ];
  return {
    // What notifications and screen readers use; the block is what is shown.
    text: `${escape(title)} (${where})`,
    // `verbatim` keeps Slack from finding addresses and mentions in plain text by itself.
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: lines.join('\n'), verbatim: true } }],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Only what cannot wait calls everybody in the channel. */
function isCalling({ kind, severity, cause }: IncidentNews): boolean {
  return kind !== 'resolved' && severity === 'urgent' && causes[cause].mayPage;
}

function links(
  news: IncidentNews,
  publicUrl: string,
  words: { machine: string; transaction: string; incident: string },
) {
  const link = (type: string, documentId: string | null, label: string) =>
    documentId === null
      ? []
      : [`<${publicUrl.replace(/\/+$/, '')}/admin/content-manager/collection-types/${type}/${documentId}|${label}>`];
  return [
    ...link('api::machine.machine', news.machineId, words.machine),
    ...link('api::transaction.transaction', news.transactionId, words.transaction),
    ...link('api::incident.incident', news.documentId, words.incident),
  ];
}
