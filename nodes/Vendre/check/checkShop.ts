import type { Findings } from '../../shared/facts';
import { notTested } from '../../shared/findings';
import { vendreFacts } from '../transport/facts';
import { fieldsFromShop } from '../transport/translation';
import { probeBusinessType } from './customerTypes';
import { probePercentCoupon } from './coupons';
import { probeErrorFormat } from './errorFormat';
import { probeFields } from './fields';
import { probeFilters } from './filters';
import { probeAnswers } from './lists';
import { probeNumberWrites } from './numberWrites';
import { probeModuleCodes, probeUnfinished } from './orderStatus';
import { probeProductWrites } from './productWrites';
import { readSamples, type List, type Samples } from './samples';
import { withFindings, type Shop } from './shop';
import { probeTotals } from './totals';
import { probeWeights } from './weights';

/** What the user gives the check to work with. */
export interface Given {
	/** An order to read, and where it is chosen to save its number with the value that it has. */
	orderId?: number;
	/** The article that may be written to; none: no product is written. */
	testArticle?: string;
	/** Whether the order and its customer may be saved. */
	savesOrder: boolean;
}

/**
 * Goes through the facts of a shop that is reached. What one probe finds, the next ones go on with, so that
 * one run finds all; a probe that fails leaves its facts untested and the others go on. Only reads, unless
 * it is given what to write on.
 */
export async function checkShop(shop: Shop, given: Given): Promise<Findings> {
	const samples = await readSamples(shop, given.orderId);
	const read = await readingFindings(shop, samples);
	const written = await writingFindings(await withFindings(shop, read), samples, given);
	return { ...read, ...written };
}

async function readingFindings(shop: Shop, samples: Samples): Promise<Findings> {
	const { customers, orders, products } = samples;
	const names = {
		...(await attempt(factsWith('orders.'), () =>
			probeFields('orders', orders.records, shop.dialect),
		)),
		...(await attempt(factsWith('customers.'), () =>
			probeFields('customers', customers.records, shop.dialect),
		)),
	};
	const named = await withFindings(shop, names);
	const byOurNames = (list: List) =>
		samples[list].records.map((record) => fieldsFromShop(list, record, named.dialect));
	const ourOrders = byOurNames('orders');

	const totals = await attempt(factsWith('totals.'), () => probeTotals(ourOrders, named.dialect));
	const { dialect } = await withFindings(named, totals);
	return {
		...(await attempt(ANSWERS, () => probeAnswers(samples))),
		...(await attempt(['errorFormat'], async () => await probeErrorFormat(shop))),
		...(await attempt(FILTERS, async () => await probeFilters(shop, samples))),
		...names,
		...totals,
		...(await attempt(VALUES, () => ({
			unfinishedStatus: probeUnfinished(ourOrders, dialect),
			moduleCodes: probeModuleCodes(ourOrders),
			percentCoupon: probePercentCoupon(ourOrders, dialect),
			businessCustomerType: probeBusinessType(byOurNames('customers'), ourOrders, dialect),
			weightUnit: probeWeights(products.records, dialect),
		}))),
	};
}

async function writingFindings(
	shop: Shop,
	{ products }: Samples,
	{ orderId, testArticle, savesOrder }: Given,
): Promise<Findings> {
	let there = shop;
	const findings: Findings = {};
	if (testArticle) {
		const probe = async () => {
			const written = await probeProductWrites(shop, testArticle, products.rows[0]);
			there = written.shop;
			return written.findings;
		};
		Object.assign(findings, await attempt(['createVerb', 'saveVerb', 'partialBodies'], probe));
	}
	if (savesOrder && orderId) {
		const probe = async () => await probeNumberWrites(there, orderId);
		return { ...(await attempt(['saveOrder', 'saveCustomer'], probe)), ...findings };
	}
	return findings;
}

const ANSWERS = ['listWrapper', 'recordWrapper', 'listOrder', 'ordersList', 'customerById'];
const FILTERS = ['idsFilter', 'idsPerCall', 'articleNumberFilter', 'matchFilter'];
const VALUES = [
	'unfinishedStatus',
	'moduleCodes',
	'percentCoupon',
	'businessCustomerType',
	'weightUnit',
];

const factsWith = (prefix: string) =>
	Object.keys(vendreFacts).filter((fact) => fact.startsWith(prefix));

/** What a probe finds; where it fails, why its facts are not tested. */
async function attempt(
	facts: readonly string[],
	probe: () => Findings | Promise<Findings>,
): Promise<Findings> {
	try {
		return await probe();
	} catch {
		const reason = notTested('What the shop answered on the way there was of no use');
		return Object.fromEntries(facts.map((fact) => [fact, reason]));
	}
}
