import type { ServerResponse } from 'node:http';

import { answer, type Answer, type Received } from '../http';
import type { SpecterAccount } from './account';
import { statusAnswer } from './answers';
import { wireFunctions, type WireFunction } from './functions';
import { readParameters } from './latin1';
import { answerPage } from './page';
import { checkParameters, checkRows, FORMATS, sortParameters, type Rules } from './parameters';
import { invoicePdf } from './pdf';
import { Refusal } from './refusal';
import { signatureOf } from './signature';

/** Parameters that every function takes. */
const COMMON: Rules = {
	action: { required: true },
	sbmId: { required: true, format: FORMATS.number },
	key: { required: true },
	apiUserId: {},
	useXML: { format: FORMATS.oneOf('1', '2') },
};

/** Rows of an order are not limited; this only bounds what is read. */
const MOST_ROWS = 10_000;

/** Serves the API, the account's own page and the invoices it links to. */
export function requestHandler(account: SpecterAccount) {
	const functions = wireFunctions(account.dialect);
	return async (request: Received, response: ServerResponse): Promise<void> => {
		const page = request.path.toLowerCase().slice(1);
		if (page === 'putinfo.asp' || page === 'getinfo.asp') {
			await answerCall(account, functions, page, request, response);
		} else if (request.path.startsWith('/_sandbox')) {
			await answer(response, undefined, () => answerPage(account, request));
		} else {
			await answer(response, undefined, () => invoicePdf(account, request.path));
		}
	};
}

async function answerCall(
	account: SpecterAccount,
	functions: ReadonlyMap<string, WireFunction>,
	page: string,
	request: Received,
	response: ServerResponse,
): Promise<void> {
	const at = account.now();
	const sent = new Map<string, string>();
	let unreadable: unknown;
	try {
		readParameters(request.query, sent);
		if (request.body.length > 0) {
			checkContentType(request);
			readParameters(request.body.toString('latin1'), sent);
		}
	} catch (error) {
		unreadable = error;
	}

	const action = sent.get('action') ?? '';
	const fault = account.faults.take({ name: action, method: request.method, path: request.path });
	let meant: Answer | undefined;
	const carryOut = () =>
		(meant = orRefusal(account, sent, () => {
			if (unreadable) throw unreadable;
			return call(account, functions, page, request.method, sent);
		}));
	const status = await answer(response, fault, carryOut);
	account.record({
		action,
		method: request.method,
		params: Object.fromEntries(sent),
		status,
		answer: meant?.body.toString('latin1') ?? '',
		at,
		...(fault && { fault: fault.kind }),
	});
}

/** @throws Refusal */
function call(
	account: SpecterAccount,
	functions: ReadonlyMap<string, WireFunction>,
	page: string,
	method: string,
	sent: ReadonlyMap<string, string>,
): Answer {
	const action = sent.get('action') ?? '';
	const wireFunction = functions.get(action);
	if (!wireFunction || wireFunction.page !== page) {
		throw new Refusal('function', `${page} has no function "${action}"`);
	}
	const expected = page === 'putinfo.asp' ? 'POST' : 'GET';
	if (method !== expected) throw new Refusal('function', `${action} is called by ${expected}`);

	checkKey(account, wireFunction, sent);
	const headerRules = { ...COMMON, ...wireFunction.header };
	const { rows } = sortParameters(
		sent,
		headerRules,
		wireFunction.rows ?? {},
		wireFunction.mostRows ?? MOST_ROWS,
	);
	checkParameters(sent, headerRules);
	checkRows(rows, wireFunction.rows ?? {});

	const asXml = sent.get('useXML') === '2';
	const outcome = wireFunction.run(account, sent, rows, asXml);
	return 'body' in outcome
		? outcome
		: statusAnswer(asXml, account.dialect, 1, outcome.id, outcome.message);
}

/** Contract specter §2. @throws Refusal that does not tell which part was wrong */
function checkKey(
	account: SpecterAccount,
	wireFunction: WireFunction,
	sent: ReadonlyMap<string, string>,
): void {
	const wrong = new Refusal('key', 'Wrong sbmId, key or apiUserId');
	const { credentials, credentialsVersion1, dialect } = account;
	if (sent.get('sbmId') !== credentials.sbmId) throw wrong;
	const signed = wireFunction.signed(sent);
	const apiUserId = sent.get('apiUserId') ?? '';
	const isVersion2 = sent.get('key') === signatureOf(signed, credentials);
	if (isVersion2) {
		if (apiUserId === credentials.apiUserId) return;
		if (apiUserId === '' && dialect.version2WithoutApiUserId) return;
		throw wrong;
	}
	if (apiUserId !== '' || sent.get('key') !== signatureOf(signed, credentialsVersion1)) throw wrong;
	if (sent.get('webshopId')) {
		throw new Refusal('parameter', 'webshopId belongs to version 2 of the API');
	}
}

function orRefusal(
	account: SpecterAccount,
	sent: ReadonlyMap<string, string>,
	carryOut: () => Answer,
): Answer {
	try {
		return carryOut();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { dialect } = account;
		const code = dialect.codes[error.reason];
		return statusAnswer(sent.get('useXML') === '2', dialect, 0, code, error.message);
	}
}

function checkContentType({ headers }: Received): void {
	const [type, ...parts] = (headers['content-type'] ?? '').toLowerCase().split(/\s*;\s*/);
	const charset = parts.find((part) => part.startsWith('charset='))?.slice('charset='.length);
	if (type !== 'application/x-www-form-urlencoded') {
		throw new Refusal('encoding', `The body must be a urlencoded form, not "${type}"`);
	}
	if (charset !== undefined && charset !== 'iso-8859-1') {
		throw new Refusal('encoding', `The body must be in ISO-8859-1, not "${charset}"`);
	}
}
