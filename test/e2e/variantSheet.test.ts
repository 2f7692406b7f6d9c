import { readFileSync } from 'node:fs';
import type { Download } from 'playwright-core';
import { Editor } from '../host/browser';
import type { SavedWorkflow } from '../host/client';
import { convertSheet } from '../host/libreoffice';
import { activateTemplate, type Stack } from '../host/stack';
import { readTemplate } from '../host/templates';
import { readSheet, type SheetRow } from '../sandbox/vendre/excel';
import { sharedStack } from './sharedN8n';

jest.setTimeout(120_000);

const TEMPLATE = 'variant-sheet.json';
const BY_PATTERN = 'By the number patterns in Settings';
const BY_SHEET = 'By a sheet of my own';
const SHEET = 'variant-sheet.xlsx';
const REPORT = 'variant-report.xlsx';
const ROWS_A_PAGE = 250;
const PRODUCTS = 3 * ROWS_A_PAGE;

/** A file as a person chooses it in the form. */
interface OwnSheet {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

/** What the form ends with. */
interface Ending {
	title: string;
	message: string;
	/** Undefined where there is nothing to import. */
	sheet?: Buffer;
	report: SheetRow[];
}

/** What a user enters into the node Settings of the template. */
async function settings(values: Record<string, unknown>): Promise<Record<string, unknown>> {
	const template = await readTemplate(TEMPLATE);
	const { parameters } = template.nodes.find(({ name }) => name === 'Settings') ?? {};
	const { assignments } = parameters?.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const entered = assignments.map((each) => {
		const value = values[each.name.replace('settings.', '')];
		return value === undefined ? each : { ...each, value };
	});
	return { Settings: { assignments: { assignments: entered } } };
}

async function publish(stack: Stack, values: Record<string, unknown> = {}): Promise<SavedWorkflow> {
	const parameters = (await settings(values)) as Record<string, Record<string, unknown>>;
	return await activateTemplate(stack, TEMPLATE, { parameters });
}

async function contentOf(download: Download | undefined): Promise<Buffer | undefined> {
	return download && readFileSync(await download.path());
}

/** Fills in the form at its production address, in the browser, and takes what it offers at the end. */
async function submit(
	{ n8n }: Stack,
	editor: Editor,
	workflow: SavedWorkflow,
	rule: string,
	ownSheet?: OwnSheet,
): Promise<Ending> {
	const form = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const page = await editor.page.context().newPage();
	const downloads: Download[] = [];
	page.on('download', (download) => downloads.push(download));
	// The report is always there, and comes last.
	const isReport = (download: Download) => download.suggestedFilename() === REPORT;
	const reported = page.waitForEvent('download', { predicate: isReport, timeout: 0 });
	await page.goto(`${n8n.url}/form/${form?.webhookId}`);
	await page.getByLabel('Rule').selectOption(rule);
	if (ownSheet) await page.getByLabel('Your sheet').setInputFiles(ownSheet);
	await page.getByRole('button', { name: 'Make the sheet' }).click();
	const report = await contentOf(await reported);
	const sheet = downloads.find((download) => download.suggestedFilename() === SHEET);
	const ending = {
		title: await page.locator('h1').innerText(),
		message: await page.locator('.header p').innerText(),
		sheet: await contentOf(sheet),
		report: readSheet(report as Buffer),
	};
	await page.close();
	return ending;
}

const csvFile = (text: string, encoding: BufferEncoding = 'utf8'): OwnSheet => ({
	name: 'varianter.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from(text, encoding),
});

describe('the form', () => {
	let stack: Stack;
	let editor: Editor;

	beforeAll(async () => {
		stack = await sharedStack({ products: 0 });
		editor = await Editor.open(stack.n8n);
	}, 240_000);

	afterAll(async () => {
		await editor?.close();
		await stack?.stop();
	});

	afterEach(() => {
		const { vendre } = stack.sandbox;
		vendre.faults.clear();
		for (const id of vendre.products.keys()) vendre.deleteProduct(id);
	});

	function add(...numbers: string[]): void {
		for (const articleNo of numbers) {
			const name = { sv: `Tröja ${articleNo}` };
			stack.sandbox.vendre.productShelf.create({
				article_number: articleNo,
				name,
				price: 80,
				tax_class_id: 2,
			});
		}
	}

	const numbered = (articleNo: string) =>
		stack.sandbox.vendre.productShelf.withArticleNo(articleNo);

	/** A main product's variants in the shop: what a customer chooses for each, by its number. */
	function choicesIn(main: string): Record<string, string[]> {
		const choices = numbered(main)?.variant_products as Record<string, Record<string, string>>;
		return Object.fromEntries(
			Object.entries(choices).map(([id, chosen]) => [
				stack.sandbox.vendre.products.get(Number(id))?.article_number,
				Object.values(chosen),
			]),
		);
	}

	/** A table of article number, outcome and reason. */
	const told = (report: SheetRow[]) =>
		report.map(({ 'article number': number = '', outcome, reason = '' }) =>
			[number, outcome, reason].filter(Boolean).join(' | '),
		);

	test('makes a sheet of several choices by number pattern, which LibreOffice opens and the shop imports (V2)', async () => {
		add('T-100', 'T-100-RED-L', 'T-100-RED-M', 'T-100-BLU-L', 'T-100-0-007', 'Q-1', 'X-9-RED-L');
		const workflow = await publish(stack, { translations: { RED: 'Röd', BLU: 'Blå' } });
		const { title, message, sheet, report } = await submit(stack, editor, workflow, BY_PATTERN);

		const csv = (await convertSheet(sheet as Buffer, SHEET, 'csv')).toString();
		expect(csv.trim().split('\n')).toEqual([
			'model,Parent_id,variant_type_name_1_sv,variant_choice_name_1_sv,variant_type_name_2_sv,variant_choice_name_2_sv',
			'T-100-RED-L,model:T-100,Välj färg,Röd,Välj storlek,L',
			'T-100-RED-M,model:T-100,Välj färg,Röd,Välj storlek,M',
			'T-100-BLU-L,model:T-100,Välj färg,Blå,Välj storlek,L',
			'T-100-0-007,model:T-100,Välj färg,0,Välj storlek,007',
		]);

		expect(stack.sandbox.vendre.importVariants(sheet as Buffer).refused).toEqual([]);
		expect(numbered('T-100')?.is_parent).toBe(true);
		expect(choicesIn('T-100')).toEqual({
			'T-100-RED-L': ['Röd', 'L'],
			'T-100-RED-M': ['Röd', 'M'],
			'T-100-BLU-L': ['Blå', 'L'],
			'T-100-0-007': ['0', '007'],
		});
		expect(told(report)).toEqual([
			'X-9-RED-L | main product missing | The shop has no product X-9',
			'T-100-RED-L | in the sheet',
			'T-100-RED-M | in the sheet',
			'T-100-BLU-L | in the sheet',
			'T-100-0-007 | in the sheet',
			'T-100 | main product',
			'Q-1 | not by the rule | The rule does not fit it',
		]);
		expect(title).toBe('4 variants in the sheet');
		expect(message).toContain('X-9-RED-L: The shop has no product X-9');

		const again = await submit(stack, editor, workflow, BY_PATTERN);
		expect(again.sheet).toBeUndefined();
		expect(again.message).toContain('There is nothing to import');
		expect(told(again.report)).toContain('T-100-RED-L | joined already | A variant of T-100');
	});

	test('makes a sheet of one choice by number pattern', async () => {
		add('M-1', 'M-1-3DL', 'M-1-5DL', 'M-1-5dl', 'M-2-3DL');
		const workflow = await publish(stack, {
			numberPatterns: '{main}-{choice1}',
			choiceTypes: 'Välj storlek',
			translations: { '3DL': '3 dl' },
		});
		const { sheet, report } = await submit(stack, editor, workflow, BY_PATTERN);
		expect(readSheet(sheet as Buffer)).toEqual([
			{
				model: 'M-1-3DL',
				Parent_id: 'model:M-1',
				variant_type_name_1_sv: 'Välj storlek',
				variant_choice_name_1_sv: '3 dl',
			},
		]);
		expect(told(report).filter((line) => line.includes('problem'))).toEqual([
			expect.stringMatching(/^M-1-5DL \| problem \| The number stands on 2 products/),
			expect.stringMatching(/^M-1-5dl \| problem \| The number stands on 2 products/),
		]);
		expect(stack.sandbox.vendre.importVariants(sheet as Buffer).joined).toEqual(['M-1-3DL']);
		expect(choicesIn('M-1')).toEqual({ 'M-1-3DL': ['3 dl'] });
	});

	test.each(['xlsx', 'ods'] as const)(
		'takes a sheet of one’s own that LibreOffice saved as %s, and lists each problem in it',
		async (format) => {
			add('100', '101', '102', '103', '104', '105', '7350000000017');
			const lines = [
				'Artikelnummer,Huvudartikel,Färg,Storlek',
				'101,100,Röd,42',
				'7350000000017,100,"Blå, ljus"',
				'102,100,Röd,42',
				'103,999,Röd',
				'104,104,Röd',
				'105,100,Gul',
				'105,100,Vit',
				'106,100,Rosa',
			];
			const workflow = await publish(stack);
			const { sheet, report } = await submit(stack, editor, workflow, BY_SHEET, {
				name: `varianter.${format}`,
				mimeType: 'application/octet-stream',
				buffer: await convertSheet(Buffer.from(lines.join('\n')), 'varianter.csv', format),
			});
			expect(told(report)).toEqual([
				'101 | problem | The same choices as 102',
				'102 | problem | The same choices as 101',
				'104 | problem | A main product is no variant of itself',
				'105 | problem | It stands more than once in your sheet',
				'105 | problem | It stands more than once in your sheet',
				'106 | problem | The shop has no product with this number',
				'103 | main product missing | The shop has no product 999',
				expect.stringMatching(/^Artikelnummer \| headings/),
				'7350000000017 | in the sheet',
				'100 | main product',
			]);
			expect(stack.sandbox.vendre.importVariants(sheet as Buffer).refused).toEqual([]);
			expect(choicesIn('100')).toEqual({ '7350000000017': ['Blå, ljus'] });
		},
	);

	test.each([
		['Excel saves it in Sweden', csvFile('Nr;Huvud;Färg\r\nB;A;Grön, mörk\r\n', 'latin1')],
		['a byte order mark tells', csvFile('\uFEFFNr,Huvud,Färg\nB,A,"Grön, mörk"\n')],
	])('takes CSV as %s', async (_, file) => {
		add('A', 'B');
		const workflow = await publish(stack);
		const { sheet } = await submit(stack, editor, workflow, BY_SHEET, file);
		expect(stack.sandbox.vendre.importVariants(sheet as Buffer).refused).toEqual([]);
		expect(choicesIn('A')).toEqual({ B: ['Grön, mörk'] });
	});

	test('says what is wrong where no sheet is chosen, it is none, or the shop does not answer', async () => {
		add('A', 'B');
		const workflow = await publish(stack);
		const reasons: unknown[] = [];
		for (const file of [undefined, csvFile('Nr;Huvud\nB;A;Röd;L\n')]) {
			const { sheet, report } = await submit(stack, editor, workflow, BY_SHEET, file);
			expect(sheet).toBeUndefined();
			reasons.push(report[0].reason);
		}
		stack.sandbox.vendre.faults.add({ on: 'GET /API/1/products', kind: 'status', status: 403 });
		const { message } = await submit(stack, editor, workflow, BY_PATTERN);
		expect([...reasons, message]).toEqual([
			expect.stringContaining('Your sheet cannot be read'),
			expect.stringContaining('Your sheet cannot be read'),
			expect.stringContaining('403'),
		]);
	});

	test('gives a sheet that a person imports on the shop’s page', async () => {
		add('A-1', 'A-1-RED-L');
		const { sheet } = await submit(stack, editor, await publish(stack), BY_PATTERN);
		const page = await editor.page.context().newPage();
		await page.goto(`${stack.sandbox.vendre.url}/_sandbox/`);
		await page.getByLabel('Sheet of variants').setInputFiles({
			name: SHEET,
			mimeType: 'application/octet-stream',
			buffer: sheet as Buffer,
		});
		await page.getByRole('button', { name: 'Import' }).click();
		await page.getByText('1 variants joined, 0 rows refused').waitFor();
		await page.close();
		expect(choicesIn('A-1')).toEqual({ 'A-1-RED-L': ['RED', 'L'] });
	});
});

test('lists every variant of a shop that takes several pages, in one reading', async () => {
	const stack = await sharedStack({ products: PRODUCTS });
	const editor = await Editor.open(stack.n8n);
	try {
		const { vendre } = stack.sandbox;
		const workflow = await publish(stack, {
			numberPatterns: '{main}-{choice1}',
			relistJoined: true,
		});
		const { sheet, report } = await submit(stack, editor, workflow, BY_PATTERN);
		const variants = [...vendre.products.values()].filter(({ parent }) => parent !== 0);
		const rows = readSheet(sheet as Buffer);
		expect(rows.map(({ model }) => model).sort()).toEqual(
			variants.map((variant) => variant.article_number).sort(),
		);
		expect(report).toHaveLength(PRODUCTS);
		expect(vendre.callTotals.get('GET /products')).toBe(PRODUCTS / ROWS_A_PAGE);
	} finally {
		await editor.close();
		await stack.stop();
	}
});
