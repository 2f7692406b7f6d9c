import type { IDataObject } from 'n8n-workflow';
import { operations as mapper } from '../../nodes/VendreSpecterMapper/actions';
import { operations as specter } from '../../nodes/Specter/actions';
import { operations as vendre } from '../../nodes/Vendre/actions';
import type { Operation } from '../../nodes/shared/operation';
import { runOperation, type Given } from './lightContext';

/** Credentials by type, as somebody entered them. */
export type Credentials = Record<string, IDataObject>;

/** A batch that the connection check has opened is younger than one that a node takes up by itself. */
const AT_ONCE = { takeUpAfter: 0 };

/** The nodes' operations one after the other, as the templates join them. */
export class OneOfEach {
	constructor(private readonly credentials: Credentials) {}

	/** An order of the shop into Specter, as the order template has it; undefined where it is not to be sent. */
	async sendOrder(id: number): Promise<IDataObject | undefined> {
		const [order] = await this.run(vendre.order.get, [{ id }]);
		const [chosen] = await this.run(mapper.order.choose, [order]);
		if (!(chosen.decision as IDataObject).send) return undefined;
		const withProducts = await this.run(vendre.product.getForOrder, [chosen]);
		const [mapped] = await this.run(mapper.order.mapToSpecter, withProducts);
		const [{ customerId }] = await this.run(specter.customer.createOrUpdate, [mapped]);
		await this.run(specter.article.createOrUpdate, [mapped]);
		const numbered = { ...(mapped.order as IDataObject), customerId };
		const [sent] = await this.run(specter.order.create, [{ order: numbered }]);
		if (sent.orderNo) {
			await this.run(vendre.order.saveSpecterNumber, [
				{ externalOrderNo: id, orderNo: sent.orderNo },
			]);
		}
		return sent;
	}

	/** What has changed in Specter into the shop, as the changes template has it. */
	async fetchChanges(statuses: IDataObject[]): Promise<void> {
		await this.queue('articleChange', async (changes) => {
			const mapped = await this.run(mapper.product.mapToVendre, changes);
			await this.run(vendre.product.createOrUpdate, mapped);
		});
		await this.queue('stockChange', async (changes) => {
			await this.run(vendre.stock.update, await this.run(mapper.stock.mapToVendre, changes));
		});
		await this.queue('orderChange', async (changes) => {
			const parameters = { statuses: { status: statuses } };
			const mapped = await this.run(mapper.order.mapStatusToVendre, changes, { parameters });
			await this.run(vendre.order.updateStatus, mapped);
		});
	}

	private async queue(name: string, work: (changes: IDataObject[]) => Promise<void>) {
		const { getPending, confirm } = specter[name];
		for (;;) {
			const changes = await this.run(getPending, [{}], { parameters: { options: AT_ONCE } });
			if (changes.length === 0) return;
			await work(changes);
			await this.run(confirm, changes);
		}
	}

	private async run(
		operation: Operation,
		items: IDataObject[],
		given: Given = {},
	): Promise<IDataObject[]> {
		const { credentials } = this;
		const made = await runOperation(operation, { ...given, items, credentials });
		return made.map(({ json }) => json);
	}
}
