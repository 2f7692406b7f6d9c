import { text, type Answer } from '../http';
import type { SpecterAccount } from './account';

/** The invoice behind a link of getPDFLink: one page that names it. */
export function invoicePdf(account: SpecterAccount, path: string): Answer {
	const id = Number(/^\/documents\/(\d+)\.pdf$/.exec(path)?.[1]);
	const order = account.orderBook.invoices.get(id);
	if (!order) return text(`There is no ${path} here`, 404);
	return {
		status: 200,
		headers: { 'Content-Type': 'application/pdf' },
		body: onePage(`Invoice ${id}, order ${order.orderNo}`),
	};
}

/** @param line ASCII without brackets */
function onePage(line: string): Buffer {
	const content = `BT /F1 18 Tf 60 760 Td (${line}) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
		`<</Length ${content.length}>>stream\n${content}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = body.length;
		body += `${index + 1} 0 obj${object}endobj\n`;
		return offset;
	});
	const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
	const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
	return Buffer.from(
		`${body}${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`,
		'latin1',
	);
}
