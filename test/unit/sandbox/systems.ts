import { SpecterAccount } from '../../sandbox/specter/account';
import type { SpecterDialect } from '../../sandbox/specter/dialect';
import type { VendreDialect } from '../../sandbox/vendre/dialect';
import { VendreShop } from '../../sandbox/vendre/shop';

const running: Array<SpecterAccount | VendreShop> = [];

/** An account that runs until {@link stopAll}. */
export async function account(
	dialect: Partial<SpecterDialect>,
	now?: () => Date,
): Promise<SpecterAccount> {
	const started = new SpecterAccount(dialect, now);
	running.push(started);
	await started.start();
	return started;
}

/** A shop that runs until {@link stopAll}. */
export async function shop(dialect: Partial<VendreDialect>): Promise<VendreShop> {
	const started = new VendreShop(dialect);
	running.push(started);
	await started.start();
	return started;
}

export async function stopAll(): Promise<void> {
	await Promise.all(running.splice(0).map(async (system) => await system.stop()));
}
