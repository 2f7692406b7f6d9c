import { json, redirect, type Answer, type Received } from '../http';
import { markup, section, table, type Markup } from '../page/markup';
import type { VendreShop } from './shop';

/** Where the page's form sends a sheet of variants. */
export const UPLOAD_PATH = '/_sandbox/variants';

const FIELD = 'sheet';

/** The file in an upload of the page's form, or of `curl -F sheet=@variants.xlsx`. @throws TypeError */
export async function uploadedSheet({ body, headers }: Received): Promise<Buffer> {
	const contentType = headers['content-type'] ?? '';
	const fields = await new Response(new Uint8Array(body), {
		headers: { 'content-type': contentType },
	}).formData();
	const file = fields.get(FIELD);
	if (file === null || typeof file === 'string') throw new TypeError(`${FIELD} is no file`);
	return Buffer.from(await file.arrayBuffer());
}

/** Imports the sheet and shows the page, which tells what came of it. */
export function answerUpload(shop: VendreShop, sheet: Buffer): Answer {
	try {
		shop.importVariants(sheet);
		return redirect('/_sandbox/');
	} catch (error) {
		return json({ error: error instanceof Error ? error.message : String(error) }, 400);
	}
}

/** The form for a sheet, and what the last one did. */
export function importSection({ lastImport }: VendreShop): Markup {
	const upload = markup`<form method="post" action="${UPLOAD_PATH}" enctype="multipart/form-data"><input type="file" name="${FIELD}" accept=".xlsx" aria-label="Sheet of variants" required><button>Import</button></form>`;
	const outcome = lastImport
		? markup`<p>${lastImport.joined.length} variants joined, ${lastImport.refused.length} rows refused</p>${table(
				lastImport.refused,
				[
					{ title: 'Line', cell: ({ line }) => line, isNumber: true },
					{ title: 'Model', cell: ({ model }) => model },
					{ title: 'Reason', cell: ({ reason }) => reason },
				],
				'No row was refused.',
			)}`
		: markup``;
	return section(
		'Variants',
		'an Excel sheet that joins variants to main products',
		markup`${upload}${outcome}`,
	);
}
