import type { Receipt } from '../store/receipts';
import { cardText, moneyText, timeText } from './format';
import { html, type Html } from '../../../../../shared/pages/html';
import type { Page, Writing } from './page';

/** A receipt, to be read and to be printed. */
export function receiptPage(receipt: Receipt, writing: Writing): Page {
  const { words, language } = writing;
  const card = cardText(receipt.card);
  const facts: [string, string | null][] = [
    [words.machine, receipt.place],
    [words.time, timeText(receipt.at, receipt.timeZone, language)],
    [words.paidWith, card],
    [words.number, receipt.number],
  ];
  return {
    status: 200,
    title: `${words.receipt} ${receipt.number}`,
    body: html`<h1>${words.receipt}</h1>
      <dl>
        ${facts.flatMap(([name, value]) =>
          value === null
            ? []
            : html`<dt>${name}</dt>
                <dd>${value}</dd>`,
        )}
      </dl>
      ${receipt.lines.length === 0 ? html`<p>${words.nothingTaken}</p>` : table(receipt, writing)}
      <p class="screen"><small>${words.print}</small></p>`,
  };
}

function table(receipt: Receipt, { words, language }: Writing): Html {
  const money = (amount: number) => moneyText(amount, receipt.currency, language);
  const rows = receipt.lines.map(
    (line) =>
      html`<tr>
        <td>${line.isDebt ? `${words.debt} · ${line.name}` : line.name}</td>
        <td class="number">${line.quantity}</td>
        <td class="number">${money(line.unitAmount)}</td>
        <td class="number">${money(line.amount)}</td>
      </tr>`,
  );
  const sums: [string, number | null, string][] = [
    [words.total, receipt.total, 'total'],
    [words.captured, receipt.captured, 'sum'],
    [words.refunded, receipt.refunded === 0 ? null : -receipt.refunded, 'sum'],
    [words.paidLater, receipt.paidLater === 0 ? null : receipt.paidLater, 'sum'],
    [words.forgiven, receipt.forgiven === 0 ? null : receipt.forgiven, 'sum'],
    [words.owed, receipt.owed === 0 ? null : receipt.owed, 'sum'],
  ];
  return html`<table>
    <caption>
      ${words.receiptOf}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.product}</th>
        <th scope="col" class="number">${words.quantity}</th>
        <th scope="col" class="number">${words.each}</th>
        <th scope="col" class="number">${words.amount}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
    <tfoot>
      ${sums.flatMap(([name, amount, kind]) =>
        amount === null
          ? []
          : html`<tr class="${kind}">
              <th scope="row" colspan="3">${name}</th>
              <td class="number">${money(amount)}</td>
            </tr>`,
      )}
    </tfoot>
  </table>`;
}
