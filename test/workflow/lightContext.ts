import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentialsDecrypted,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { SpecterApi } from '../../credentials/SpecterApi.credentials';
import { VendreApi } from '../../credentials/VendreApi.credentials';
import type { Operation } from '../../nodes/shared/operation';

/** What an operation is given: as a node has it on the canvas, and in n8n's store. */
export interface Given {
	/** What differs from the defaults; an expression may use `$json`. */
	parameters?: IDataObject;
	/** Default: one empty item. */
	items?: IDataObject[];
	/** By credential type, such as `vendreApi`; what is left out of one has its default. */
	credentials?: Record<string, IDataObject>;
	onError?: INode['onError'];
}

/**
 * Runs an operation of any of our nodes without n8n, so that hundreds of runs take seconds: the credentials'
 * own `authenticate` signs its requests, which go to a system on this machine. What n8n's engine adds is
 * tested with `runNode`.
 * @throws what the operation throws
 */
export async function runOperation(
	operation: Operation,
	{ parameters = {}, items = [{}], credentials = {}, onError }: Given,
): Promise<INodeExecutionData[]> {
	const stored = Object.fromEntries(
		Object.entries(credentials).map(([type, data]) => [type, withDefaults(type, data)]),
	);
	const node: INode = {
		id: 'node',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0],
		parameters: withDefaultParameters(operation.description, parameters),
		credentials: Object.fromEntries(
			Object.keys(stored).map((type) => [type, { id: type, name: type }]),
		),
		onError,
	};
	const input = items.map((json) => ({ json }));
	return await operation.execute(lightContext(node, input, stored));
}

const types: Record<string, ICredentialType> = {
	specterApi: new SpecterApi(),
	vendreApi: new VendreApi(),
};

type Stored = Record<string, ICredentialDataDecryptedObject>;

function withDefaults(type: string, data: IDataObject): ICredentialDataDecryptedObject {
	const { properties } = types[type];
	const defaults = Object.fromEntries(
		properties.map((property) => [property.name, property.default]),
	);
	return { ...defaults, ...data } as ICredentialDataDecryptedObject;
}

/** As n8n completes a node's parameters; resource and operation stand in what the properties ask for. */
function withDefaultParameters(properties: INodeProperties[], given: IDataObject) {
	const { resource, operation } = properties[0]?.displayOptions?.show ?? {};
	const pickers = ['resource', 'operation'].map(
		(name): INodeProperties => ({ displayName: name, name, type: 'string', default: '' }),
	);
	const values = { resource: resource?.[0], operation: operation?.[0], ...given };
	return NodeHelpers.getNodeParameters(
		[...pickers, ...properties],
		values as INode['parameters'],
		true,
		false,
		null,
		{ properties } as INodeTypeDescription,
	) as INode['parameters'];
}

function lightContext(node: INode, input: INodeExecutionData[], stored: Stored): IExecuteFunctions {
	const quiet = () => {};
	const context = {
		getNode: () => node,
		getInputData: () => input,
		getMode: () => 'manual',
		getWorkflow: () => ({ id: 'workflow', name: 'Workflow', active: false }),
		getExecutionId: () => 'execution',
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => (node.onError ?? 'stopWorkflow') !== 'stopWorkflow',
		logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
		async getCredentials(type: string) {
			if (!stored[type]) throw new TypeError(`The node has no credential ${type}`);
			return structuredClone(stored[type]);
		},
		getNodeParameter(
			name: string,
			itemIndex: number,
			fallback?: unknown,
			{ extractValue = false } = {},
		) {
			const value = at(node.parameters as IDataObject, name);
			const resolved = resolve(value === undefined ? fallback : value, input[itemIndex]?.json);
			return extractValue ? ((resolved as IDataObject | null)?.value ?? resolved) : resolved;
		},
		helpers: {
			async httpRequest({ url }: IHttpRequestOptions) {
				return await json((await send({ url })).body);
			},
			async httpRequestWithAuthentication(
				this: IExecuteFunctions,
				type: string,
				options: IHttpRequestOptions,
				extra: { credentialsDecrypted?: ICredentialsDecrypted } = {},
			) {
				const data = extra.credentialsDecrypted?.data ?? stored[type];
				const { authenticate } = types[type];
				if (typeof authenticate !== 'function') throw new TypeError('It is a function in ours');
				const signed = await authenticate(structuredClone(data), options);
				return await send(signed, this.getExecutionCancelSignal());
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

const at = (record: IDataObject, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], record);

/** Expressions, which begin with "=", wherever they stand in a parameter. */
function resolve(value: unknown, $json: IDataObject = {}): unknown {
	if (Array.isArray(value)) return value.map((each) => resolve(each, $json));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, child]) => [key, resolve(child, $json)]),
		);
	}
	if (typeof value !== 'string' || !value.startsWith('=')) return value;
	const alone = /^=\{\{((?:(?!\}\}).)*)\}\}$/s.exec(value);
	if (alone) return evaluate(alone[1], $json);
	return value
		.slice(1)
		.replace(/\{\{(.*?)\}\}/gs, (_, code: string) => String(evaluate(code, $json) ?? ''));
}

/** As in n8n, what an expression cannot find is undefined. */
function evaluate(code: string, $json: IDataObject): unknown {
	try {
		return new Function('$json', `return (${code});`)($json) as unknown;
	} catch (error) {
		if (error instanceof SyntaxError) throw error;
		return undefined;
	}
}

const agent = new Agent({ keepAlive: true });

/** Sends it over the loopback and answers as n8n's helper does when it is asked for a stream of any status. */
async function send(
	{ url, method = 'GET', headers, qs, body }: IHttpRequestOptions,
	signal?: AbortSignal,
) {
	const address = new URL(url);
	for (const [name, value] of Object.entries(qs ?? {})) {
		address.searchParams.append(name, String(value));
	}
	const sent = httpRequest(address, { method, headers: headers as never, agent, signal });
	sent.end(body as string | Buffer | undefined);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	return { statusCode: answer.statusCode, headers: answer.headers, body: answer };
}
