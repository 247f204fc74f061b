import type { Html } from '../../../../../shared/pages/html';

/** Made for paper: black on white, also where the screen is dark, and a reserved meal seen from across the room. */
export const STYLE: Html = {
  html: `
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #000; font: 10pt/1.25 system-ui, sans-serif; }
main { display: grid; grid-template-columns: 92mm 92mm; gap: 3mm 6mm; }
.label { height: 50mm; padding: 2mm; border: .3mm solid #999; overflow: hidden; break-inside: avoid;
  display: grid; grid-template: auto auto 1fr / minmax(0, 1fr) 22mm; gap: 1mm 2mm; }
.sign { grid-column: 1 / 3; display: flex; justify-content: space-between; gap: 3mm; margin: -2mm -2mm 0; padding: 1.2mm 2mm;
  background: #c8102e; color: #fff; font-weight: 800; font-size: 14pt; line-height: 1.1;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.reserved { border: 1.2mm solid #c8102e; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.sign span:last-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
h2 { margin: 0; font-size: 11pt; line-height: 1.15; max-height: 2.3em; overflow: hidden; }
p { margin: 0; }
.text p { font-size: 9pt; }
.text { grid-column: 1; }
.qr { grid-column: 2; grid-row: span 2; }
.qr svg { width: 22mm; height: 22mm; }
.bars { grid-column: 1; }
.bars svg { width: 100%; height: 10mm; }
.bars p { font: 7pt/1.1 ui-monospace, monospace; overflow-wrap: anywhere; }
.hint { margin: 4mm; color: #444; }
@media screen { main { padding: 10mm; } }
@media print { .hint { display: none; } }
`,
};
