import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './chromium';
import type { SavedWorkflow } from './client';
import type { N8nServer } from './server';

const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const NODE = '[data-test-id="canvas-node"]';
const PANEL = '[data-test-id="ndv"]';
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const VIEWPORT = { width: 1600, height: 900 };
/** Around the workflow in a picture, for what sticks out of its nodes. */
const MARGIN = 56;

/** The editor's own router, as Vue keeps it on the page. */
interface VueApp {
	config: { globalProperties: { $router: { push(path: string): Promise<unknown> } } };
}

/** n8n's editor in a headless browser, logged in. */
export class Editor {
	/** What went wrong in the editor's own code since it was opened, a message each. */
	readonly errors: string[] = [];

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {
		page.on('pageerror', ({ message }) => this.errors.push(message));
	}

	/** @param pixelRatio 2 where a wide workflow is to be read in a picture of it; it takes its time */
	static async open({ url, login }: N8nServer, pixelRatio = 1): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: await ensureChromium(),
			args: ARGUMENTS,
		});
		const context = await browser.newContext({
			baseURL: url,
			viewport: VIEWPORT,
			deviceScaleFactor: pixelRatio,
			reducedMotion: 'reduce',
		});
		await context.request.post('/rest/login', {
			data: { emailOrLdapLoginId: login.email, password: login.password },
		});
		return new Editor(browser, await context.newPage(), url);
	}

	/** Shows a workflow's canvas, all of it in view. */
	async openWorkflow({ id, nodes }: SavedWorkflow): Promise<void> {
		await this.show(`/workflow/${id}`);
		const names = nodes.filter(({ type }) => type !== STICKY_NOTE).map(({ name }) => name);
		await this.page.waitForFunction(
			([selector, wanted]) => {
				const drawn = Array.from(document.querySelectorAll<HTMLElement>(selector));
				const shown = new Set(drawn.map(({ dataset }) => dataset.nodeName));
				return shown.size === wanted.length && wanted.every((name) => shown.has(name));
			},
			[NODE, names] as const,
		);
		await this.page.locator('[data-test-id="zoom-to-fit"]').click();
		await this.imagesLoaded();
	}

	/** Goes to a page of the editor; to later ones as a click on a link in it does, without loading it again. */
	private async show(to: string): Promise<void> {
		if (this.page.url().startsWith(this.url)) {
			await this.page.evaluate(async (path) => {
				const app = document.querySelector('#app') as HTMLElement & { __vue_app__: VueApp };
				await app.__vue_app__.config.globalProperties.$router.push(path);
			}, to);
		} else {
			await this.page.goto(`${this.url}${to}`);
		}
	}

	/** The nodes that the canvas marks: something is missing or wrong in them. */
	async nodesWithIssues(): Promise<string[]> {
		const marked = this.page.locator(NODE).filter({
			has: this.page.locator('[data-test-id="node-issues"], [data-test-id="node-setup-required"]'),
		});
		return await marked.evaluateAll((nodes) =>
			nodes.map((node) => node.getAttribute('data-node-name') ?? ''),
		);
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`${NODE}[data-node-name="${name}"]`).dblclick();
		await this.page.locator(PANEL).waitFor();
		await this.imagesLoaded();
	}

	/** How many fields of the open panel are marked as wrong or missing. */
	async fieldsWithIssues(): Promise<number> {
		return await this.page.locator(`${PANEL} [data-test-id="parameter-issues"]`).count();
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator(PANEL).waitFor({ state: 'hidden' });
	}

	/** Opens a saved credential, which tests it, and waits until n8n says that it works. */
	async testCredential(name: string): Promise<void> {
		await this.show('/home/credentials');
		await this.page.getByRole('heading', { name }).click();
		await this.page.getByText('Connection tested successfully').waitFor();
	}

	async closeCredential(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
	}

	/** A picture of all that is on the screen. */
	async screenshot(file: string): Promise<void> {
		await this.page.screenshot({ path: file, animations: 'disabled' });
	}

	/** A picture of the workflow alone: its nodes and notes, without the editor around them. */
	async screenshotWorkflow(file: string): Promise<void> {
		const boxes = await this.page
			.locator('.vue-flow__node')
			.evaluateAll((nodes) =>
				nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect),
			);
		const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
		const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
		const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
		const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
		await this.page.screenshot({
			path: file,
			animations: 'disabled',
			clip: { x: left, y: top, width: right - left, height: bottom - top },
			style: '#app { visibility: hidden } .vue-flow__viewport { visibility: visible }',
		});
	}

	private async imagesLoaded(): Promise<void> {
		await this.page.waitForFunction(() =>
			Array.from(document.images).every(({ complete }) => complete),
		);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}
