/** A sheet of labels to be printed: the meal, its barcode and QR code, and whose it is. */
import { toSVG } from 'bwip-js';
import { writeDocument } from '../../../../../shared/pages/document';
import { html, type Html } from '../../../../../shared/pages/html';
import type { Language } from '../../../../../shared/pages/language';
import type { Label } from '../store/labels';
import { STYLE } from './style';
import { WORDS } from './words';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** The whole document. @param nonce marks its style as ours. */
export function labelPage(labels: readonly Label[], language: Language, nonce: string): string {
  const words = WORDS[language];
  return writeDocument({
    language,
    title: words.labels,
    style: STYLE,
    nonce,
    body: html`<p class="hint">${words.print}</p>
      <main>${labels.map((label) => one(label, language))}</main>`,
  });
}

function one({ barcode, product, lot, expiresAt, timeZone, owner }: Label, language: Language): Html {
  const words = WORDS[language];
  return html`<article class="label ${owner === null ? '' : 'reserved'}">
    ${owner === null ? null : html`<p class="sign"><span>★ ${words.reserved}</span><span>${owner}</span></p>`}
    <div class="text">
      <h2>${product}</h2>
      ${expiresAt === null ? null : html`<p>${words.useBy} <b>${lastMoment(expiresAt, timeZone, language)}</b></p>`}
      ${lot === null ? null : html`<p>${words.lot} ${lot}</p>`}
    </div>
    <div class="qr" role="img" aria-label="${words.qrOf(barcode)}">${code('qrcode', barcode)}</div>
    <div class="bars">
      <div role="img" aria-label="${words.barcodeOf(barcode)}">${code('code128', barcode)}</div>
      <p>${barcode}</p>
    </div>
  </article>`;
}

/** Paths with numbers only: nothing of the text is in it. */
function code(kind: 'code128' | 'qrcode', text: string): Html {
  return { html: toSVG({ bcid: kind, text, ...(kind === 'code128' && { height: 10 }) }) };
}

/** A day where it lasts to that day's end, else the time with it. */
function lastMoment(expiresAt: number, zone: string | null, language: Language): string {
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const write = (timeZone: string) => {
    const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
    const isMidnight = clock.format(expiresAt) === '00:00';
    const options = isMidnight ? day : { ...day, hour: '2-digit' as const, minute: '2-digit' as const };
    return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone }).format(
      expiresAt - (isMidnight ? 1 : 0),
    );
  };
  try {
    return write(zone ?? 'UTC');
  } catch {
    return write('UTC'); // a zone that nobody knows
  }
}
