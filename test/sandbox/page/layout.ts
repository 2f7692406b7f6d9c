import { html, type Answer } from '../http';
import { markup, Markup } from './markup';

const STYLE = new Markup(`
	:root { --line: #e3e6ea; --soft: #f6f7f9; --text: #1d2733; --faint: #66727f; }
	* { box-sizing: border-box; }
	body { margin: 0; background: var(--soft); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
	header { background: var(--brand); color: #fff; padding: 18px 28px; }
	header h1 { margin: 0; font-size: 20px; }
	header p { margin: 2px 0 0; opacity: .85; }
	main { max-width: 1240px; margin: 0 auto; padding: 20px 28px 60px; }
	.figures { display: flex; flex-wrap: wrap; gap: 12px; margin-bottom: 16px; }
	.figures div { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 8px 18px; }
	.figures b { display: block; font-size: 20px; }
	.figures span { color: var(--faint); }
	section { background: #fff; border: 1px solid var(--line); border-radius: 8px; margin-bottom: 16px; padding: 14px 18px; }
	h2 { font-size: 15px; margin: 0 0 10px; }
	h2 small, .faint { color: var(--faint); font-weight: normal; }
	.scroll { overflow: auto; max-height: 460px; }
	table { border-collapse: collapse; width: 100%; }
	th { text-align: left; color: var(--faint); font-weight: 600; position: sticky; top: 0; background: #fff; }
	th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
	.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
	form { display: inline-flex; flex-wrap: wrap; gap: 6px; margin: 0 6px 6px 0; }
	td form { margin: 0 4px 2px 0; }
	input, select, button { font: inherit; padding: 4px 9px; border: 1px solid #c8ced6; border-radius: 6px; background: #fff; }
	td input { width: 78px; }
	td form { flex-wrap: nowrap; }
	td .inner form { flex-wrap: wrap; max-width: 420px; }
	td .inner input { width: 130px; }
	td b { white-space: nowrap; }
	section > form input { width: 170px; }
	button { background: var(--brand); border-color: var(--brand); color: #fff; cursor: pointer; }
	td button { background: #fff; color: var(--brand); padding: 1px 8px; }
	code { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
	.empty { color: var(--faint); margin: 0; }
	.tag { border-radius: 9px; padding: 1px 8px; background: var(--soft); border: 1px solid var(--line); white-space: nowrap; }
	.good { background: #e6f5ec; border-color: #b5dfc4; }
	.bad { background: #fdecea; border-color: #f3c0ba; }
	summary { cursor: pointer; }
	.inner { margin: 6px 0 2px; background: var(--soft); padding: 6px 10px; border-radius: 6px; }
`);

/** Reloads when something has changed, but not under somebody's fingers. */
const LIVE = new Markup(`<script>
	const shown = document.body.dataset.revision;
	setInterval(async () => {
		const active = document.activeElement;
		if (active && active.closest('form') || document.querySelector('details[open]')) return;
		const response = await fetch('/_sandbox/revision').catch(() => undefined);
		if (response && response.ok && (await response.text()) !== shown) location.reload();
	}, 1500);
</script>`);

export interface Page {
	title: string;
	subtitle: string;
	/** The colour of the header and the buttons. */
	brand: string;
	revision: number;
	figures: Readonly<Record<string, number | string>>;
	sections: readonly Markup[];
}

/** A plain page that needs nothing from elsewhere. */
export function page({ title, subtitle, brand, revision, figures, sections }: Page): Answer {
	const counts = Object.entries(figures).map(
		([name, count]) => markup`<div><b>${count}</b><span>${name}</span></div>`,
	);
	const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>:root { --brand: ${brand}; }${STYLE}</style>
</head>
<body data-revision="${revision}">
<header><h1>${title}</h1><p>${subtitle}</p></header>
<main><div class="figures">${counts}</div>${sections}</main>
${LIVE}
</body>
</html>`;
	return html(text);
}
