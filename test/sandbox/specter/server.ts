import type { ServerResponse } from 'node:http';

import { answer, type Answer, type Received } from '../http';
import type { SpecterAccount } from './account';
import { statusAnswer } from './answers';
import type { SpecterDialect } from './dialect';
import { wireFunctions, type WireFunction } from './functions';
import { answerPage } from './page';
import { ParameterNames, sortParameters } from './parameterNames';
import { checkParameters, checkRows, FORMATS, type Rules } from './parameters';
import { invoicePdf } from './pdf';
import { Refusal } from './refusal';
import { readRequest } from './request';
import { signatureOf, type Keys } from './signature';

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

type Parameters = ReadonlyMap<string, string>;

/** The functions of the account, with the names that it has for their parameters. */
interface Api {
	common: ParameterNames;
	functions: ReadonlyMap<string, NamedFunction>;
}

interface NamedFunction extends WireFunction {
	headerNames: ParameterNames;
	rowNames: ParameterNames;
}

/** Serves the API, the account's own page and the invoices it links to. */
export function requestHandler(account: SpecterAccount) {
	const api = apiOf(account.dialect);
	const basePath = account.dialect.basePath.toLowerCase();
	return async (request: Received, response: ServerResponse): Promise<void> => {
		const path = request.path.toLowerCase();
		const page = path.startsWith(basePath) ? path.slice(basePath.length) : '';
		if (page === 'putinfo.asp' || page === 'getinfo.asp') {
			await answerCall(account, api, page, request, response);
		} else if (request.path.startsWith('/_sandbox')) {
			await answer(response, undefined, () => answerPage(account, request));
		} else {
			await answer(response, undefined, () => invoicePdf(account, request.path));
		}
	};
}

function apiOf(dialect: SpecterDialect): Api {
	const functions = [...wireFunctions(dialect)].map(([action, wireFunction]) => {
		const namesOf = (rules: Rules) => new ParameterNames(action, Object.keys(rules), dialect);
		const { header, rows = {} } = wireFunction;
		const named = { ...wireFunction, headerNames: namesOf(header), rowNames: namesOf(rows) };
		return [action, named] as const;
	});
	return {
		common: new ParameterNames('', Object.keys(COMMON), dialect),
		functions: new Map(functions),
	};
}

async function answerCall(
	account: SpecterAccount,
	api: Api,
	page: string,
	request: Received,
	response: ServerResponse,
): Promise<void> {
	const at = account.now();
	const sent = new Map<string, string>();
	let unreadable: unknown;
	try {
		readRequest(request, account.dialect, sent);
	} catch (error) {
		unreadable = error;
	}

	const { header: common, unknown: own } = sortParameters(sent, api.common);
	const action = common.get('action') ?? '';
	const fault = account.faults.take({ name: action, method: request.method, path: request.path });
	let meant: Answer | undefined;
	const carryOut = () =>
		(meant = orRefusal(account, common, () => {
			if (unreadable) throw unreadable;
			const wireFunction = functionOf(api, action, page, request.method);
			return call(account, wireFunction, common, own);
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
function functionOf(api: Api, action: string, page: string, method: string): NamedFunction {
	const wireFunction = api.functions.get(action);
	if (!wireFunction || wireFunction.page !== page) {
		throw new Refusal('function', `${page} has no function "${action}"`);
	}
	const expected = page === 'putinfo.asp' ? 'POST' : 'GET';
	if (method !== expected) throw new Refusal('function', `${action} is called by ${expected}`);
	return wireFunction;
}

/**
 * @param common the parameters that every function takes
 * @param own the other ones
 * @throws Refusal
 */
function call(
	account: SpecterAccount,
	wireFunction: NamedFunction,
	common: Parameters,
	own: Parameters,
): Answer {
	const { dialect } = account;
	const { headerNames, rowNames, mostRows = MOST_ROWS } = wireFunction;
	const { header, rows, unknown } = sortParameters(own, headerNames, rowNames);
	checkKey(account, common, wireFunction.signed(header, rows), header.get('webshopId'));
	const [stranger] = unknown.keys();
	if (stranger !== undefined && dialect.unknownParameters === 'refuse') {
		throw new Refusal('parameter', `Unknown parameter ${stranger}`);
	}
	checkParameters(common, COMMON, (name) => name);
	checkParameters(header, wireFunction.header, headerNames.on);
	checkRows(rows, mostRows, wireFunction.rows ?? {}, rowNames.on);

	const asXml = common.get('useXML') === '2';
	const outcome = wireFunction.run(account, header, rows, asXml);
	return 'body' in outcome ? outcome : statusAnswer(asXml, dialect, 1, outcome.id, outcome.message);
}

/** Contract specter §2. @throws Refusal that does not tell which part was wrong */
function checkKey(
	account: SpecterAccount,
	common: Parameters,
	signed: string,
	webshopId: string | undefined,
): void {
	const wrong = new Refusal('key', 'Wrong sbmId, key or apiUserId');
	const { credentialsVersion1, credentialsVersion2, dialect } = account;
	if (common.get('sbmId') !== credentialsVersion2.sbmId) throw wrong;
	const apiUserId = common.get('apiUserId') ?? '';
	const isSigned = (version: 1 | 2, keys: Keys) =>
		dialect.apiVersions.includes(version) && common.get('key') === signatureOf(signed, keys);
	if (isSigned(2, credentialsVersion2)) {
		if (apiUserId === credentialsVersion2.apiUserId) return;
		if (apiUserId === '' && dialect.version2WithoutApiUserId) return;
		throw wrong;
	}
	if (apiUserId !== '' || !isSigned(1, credentialsVersion1)) throw wrong;
	if (webshopId) throw new Refusal('parameter', 'webshopId belongs to version 2 of the API');
}

function orRefusal(account: SpecterAccount, common: Parameters, carryOut: () => Answer): Answer {
	try {
		return carryOut();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { dialect } = account;
		const code = dialect.codes[error.reason];
		return statusAnswer(common.get('useXML') === '2', dialect, 0, code, error.message);
	}
}
