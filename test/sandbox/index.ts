import { customers } from './data/people';
import { SpecterAccount } from './specter/account';
import type { SpecterDialect } from './specter/dialect';
import type { CustomerRecord } from './vendre/records';
import type { VendreDialect } from './vendre/dialect';
import { VendreShop } from './vendre/shop';

export { BAD_ORDER_KINDS, ORDER_KINDS, type OrderKind } from './data/orderKinds';
export type { Fault, FaultKind, FaultPlan, Rain } from './faults';
export { kronor } from './money';
export type {
	Confirmation,
	SpecterAccount,
	SpecterCall,
	SpecterCredentials,
} from './specter/account';
export type { SpecterArticle } from './specter/articles';
export type { CallBackEvent } from './specter/callbacks';
export type { SpecterCustomer } from './specter/customers';
export type { SpecterDialect } from './specter/dialect';
export type { SpecterOrder, SpecterOrderRow } from './specter/orders';
export type { VendreDialect } from './vendre/dialect';
export type { WebhookFormat } from './vendre/forms';
export type { CustomerRecord, OrderRecord, ProductRecord } from './vendre/records';
export type { VendreCall, VendreCredentials, VendreShop } from './vendre/shop';
export type { WebhookEvent } from './vendre/webhooks';

export interface SandboxOptions {
	/** 0 or left out = any free port. */
	vendrePort?: number;
	specterPort?: number;
	/** How many products the shop sells. Default 120. */
	products?: number;
	/** Other readings of what the contracts leave open. */
	vendreDialect?: Partial<VendreDialect>;
	specterDialect?: Partial<SpecterDialect>;
	/** The clock of both systems. */
	now?: () => Date;
}

export interface Sandbox {
	vendre: VendreShop;
	specter: SpecterAccount;
	stop(): Promise<void>;
}

/**
 * Starts a Vendre shop and a Specter account that behave as contracts/vendre and contracts/specter say, on
 * 127.0.0.1. The shop has its goods and customers, Specter the customers who have a number there.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const vendre = new VendreShop(options.vendreDialect, options.now);
	const specter = new SpecterAccount(options.specterDialect, options.now);
	await vendre.start(options.vendrePort, options.products);
	await specter.start(options.specterPort);
	for (const customer of customers()) {
		if (customer.external_id !== '') addKnownCustomer(specter, customer);
	}
	return {
		vendre,
		specter,
		async stop() {
			await Promise.all([vendre.stop(), specter.stop()]);
		},
	};
}

function addKnownCustomer(specter: SpecterAccount, customer: CustomerRecord): void {
	specter.customerRegister.add(
		{
			customerOrganizationalForm: customer.type === 1 ? 'C' : 'P',
			name: customer.company || `${customer.name_first} ${customer.name_last}`,
			firstName: customer.name_first,
			surName: customer.name_last,
			orgNo: customer.identification_number,
			emailAddress: customer.email_address,
		},
		Number(customer.external_id),
	);
}
