import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import type { SpecterAnswer } from '../transport/response';
import { saysDuplicateOrder } from '../transport/duplicateOrder';
import { assumedOrderParameters } from '../transport/facts';
import type { SpecterParameters } from '../transport/signature';
import { answerToWrite, type Account } from './account';
import { probeName } from './parameterName';
import { asCustomer, asOrder, newOrderNo } from './testRecords';

/** A value of the right form for each assumed parameter of an order. */
const VALUES: Record<string, string> = {
	customerOrganizationalForm: 'C',
	deliveryCountryCode: 'SE',
	orderDate: '2026-01-01',
	shopEmail: 'connection-check@example.com',
	orgNo: '556000-0000',
};

/** No parameter of Specter's, to find out what it does with those. */
const NONSENSE = 'connectionCheckNonsense';

/**
 * Makes a test customer and one test order, and looks by which names Specter takes what else an order and a
 * customer carry. For that it sends orders that are refused all the same, because their article does not
 * exist: another refusal is one of the name.
 */
export async function probeOrder(
	account: Account,
	articleNo: string,
	email: string,
): Promise<Findings> {
	const customer = await answerToWrite(account, asCustomer(email));
	if (!customer?.done) return {};
	const order = (externalOrderNo: string, article: string, more?: SpecterParameters) =>
		asOrder(customer.id, externalOrderNo, article, more);
	const no = newOrderNo();
	const missing = `${articleNo}-missing`;
	const refusal = await answerToWrite(account, order(`${no}-0`, missing));
	return {
		...(await probeNumber(account, customer.id, email)),
		...(await probeFax(account, email)),
		...(await probeDuplicate(account, order(no, articleNo), no, refusal)),
		...(await probeNames(account, (more) => order(`${no}-0`, missing, more), refusal)),
	};
}

async function probeNumber(account: Account, customerId: string, email: string): Promise<Findings> {
	const again = await answerToWrite(account, {
		...asCustomer(email),
		customerId,
		identifyByCustomerId: '1',
	});
	return {
		customerNumber:
			again?.done && again.id === customerId
				? holds('The customer was found by his number')
				: {
						verdict: 'differs',
						found: 'The customer was not found by his number',
						advice:
							'Leave the customer number out in the mapper, so that Specter matches by e-mail.',
					},
	};
}

/** A customer with a fax number: taken, or refused for it. */
async function probeFax(account: Account, email: string): Promise<Findings> {
	const customer = { ...asCustomer(email), forceCustomerUpdate: '1' };
	const ignores = (await answerToWrite(account, { ...customer, [NONSENSE]: '1' }))?.done;
	if (ignores) return { faxNo: notTested(IGNORED) };
	const taken = async (from: Account) =>
		(await answerToWrite(from, { ...customer, faxNo: '08-000 00 00' }))?.done === true;
	return { faxNo: await probeName(account, 'newCustomerSubmit', 'faxNo', taken) };
}

const IGNORED =
	'Specter takes no notice of parameters that it does not know: look in Specter whether the record has it';

/** An order is sent twice: the second must be refused, in words that we know. */
async function probeDuplicate(
	account: Account,
	order: SpecterParameters,
	externalOrderNo: string,
	otherRefusal: SpecterAnswer | undefined,
): Promise<Findings> {
	const first = await answerToWrite(account, order);
	const again = first?.done ? await answerToWrite(account, order) : undefined;
	if (!again) return { duplicateOrder: notTested('The test order was not taken') };
	if (again.done) {
		return {
			duplicateOrder: {
				verdict: 'differs',
				found: 'The same order was taken twice: it is not refused',
				advice:
					'Ask Specter’s support to refuse a known external order number. Until then an order whose answer is lost may be made twice.',
			},
		};
	}
	const said = `It was refused with code ${again.code}`;
	if (saysDuplicateOrder(again, account.dialect)) return { duplicateOrder: holds(said) };
	const ownCode = otherRefusal?.done === false && otherRefusal.code !== again.code;
	const words = again.message
		.replaceAll(externalOrderNo, ' ')
		.split(/\s{2,}|["']/)
		.map((part) => part.trim());
	const longest = words.reduce((best, part) => (part.length > best.length ? part : best), '');
	return {
		duplicateOrder: {
			verdict: 'differs',
			found: `${said}, in words that we do not know`,
			entry: { duplicateOrder: ownCode ? { codes: [again.code] } : { words: [longest] } },
		},
	};
}

/** The names of what an order carries beyond what is seen. */
async function probeNames(
	account: Account,
	refusedOrder: (more: SpecterParameters) => SpecterParameters,
	refusal: SpecterAnswer | undefined,
): Promise<Findings> {
	const facts = [
		...['orderDate', 'customerReference'].map((name) => ({ fact: name, name })),
		...assumedOrderParameters.map((name) => ({ fact: `order.${name}`, name })),
	];
	const isSame = (answer: SpecterAnswer | undefined) =>
		answer?.done === false &&
		refusal?.done === false &&
		answer.code === refusal.code &&
		answer.message === refusal.message;
	const reason = isSame(await answerToWrite(account, refusedOrder({ [NONSENSE]: '1' })))
		? IGNORED
		: 'An order with an unknown article was not refused';
	const canTell = refusal?.done === false && reason !== IGNORED;
	const findings: Findings = {};
	for (const { fact, name } of facts) {
		const order = refusedOrder({ [name]: VALUES[name] ?? 'Connection check' });
		const taken = async (from: Account) => isSame(await answerToWrite(from, order));
		findings[fact] = canTell
			? await probeName(account, 'newOrderSubmit', name, taken)
			: notTested(reason);
	}
	return findings;
}
