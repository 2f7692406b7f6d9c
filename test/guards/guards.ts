/** A piece of the package that keeps something bad from happening, and the test that notices its absence. */
export interface Guard {
	/** What it sees to, for a reader who does not know the code. */
	promise: string;
	file: string;
	/** The guard as it stands in the file, once. */
	code: string;
	/** What stands there without it. */
	without: string;
	project: 'unit' | 'workflow' | 'e2e';
	testFile: string;
	/** The title of the test that fails without it, as it stands in the code. */
	test: string;
}

/** What keeps the sync from doubling, losing or spoiling a record, in the order of the documentation. */
export const GUARDS: Readonly<Record<string, readonly Guard[]>> = {
	'Nothing doubled': [
		{
			promise: 'Every order carries the shop’s number, by which Specter refuses it a second time',
			file: 'nodes/VendreSpecterMapper/mapping/order.ts',
			code: 'externalOrderNo: externalNumber(order.id, settings.orderNumberPrefix),',
			without: '',
			project: 'unit',
			testFile: 'test/unit/mapper/order.test.ts',
			test: 'carries what the sync list names (O5–O12, O14–O25)',
		},
		{
			promise: 'An order that carries Specter’s number is not sent again',
			file: 'nodes/VendreSpecterMapper/mapping/choose.ts',
			code: 'if (number) return stay(',
			without: 'if (number === null) return stay(',
			project: 'unit',
			testFile: 'test/unit/mapper/choose.test.ts',
			test: 'one that carries Specter’s number is not (O4)',
		},
		{
			promise:
				'What Specter refuses as known has the outcome `duplicate` and is no failure to be tried again',
			file: 'nodes/Specter/actions/order/create.operation.ts',
			code: 'if (header.externalOrderNo && saysDuplicateOrder(answer, dialect)) {',
			without: 'if (!header && saysDuplicateOrder(answer, dialect)) {',
			project: 'workflow',
			testFile: 'test/workflow/specterOrder.test.ts',
			test: 'is refused by Specter and is outcome duplicate, with no number and no error',
		},
		{
			promise:
				'A call that may have been carried out is sent again only where a double has no effect',
			file: 'nodes/shared/http.ts',
			code: "return outcome.code !== 'ERR_CANCELED' && (repeatable || NEVER_SENT.has(outcome.code));",
			without: 'return true;',
			project: 'workflow',
			testFile: 'test/workflow/specterDelivery.test.ts',
			test: '%s: not sent again, and the user is told what is not known',
		},
		{
			promise: 'A batch of changes that another run works on is left to it',
			file: 'nodes/Specter/transport/changeQueues.ts',
			code: 'if (open !== undefined && !mayTakeUp(open)) return undefined;',
			without: '',
			project: 'workflow',
			testFile: 'test/workflow/specterChanges.test.ts',
			test: 'goes to one of two executions that find it in the same moment',
		},
		{
			promise: 'What one system told the other does not come back as a change',
			file: 'workflows-templates/vendre-products-to-specter.json',
			code: '={{ $json.error !== undefined || $json.fingerprint !== $json.sentFingerprint }}',
			without: '={{ true }}',
			project: 'e2e',
			testFile: 'test/e2e/loop.test.ts',
			test: 'changes on both sides travel once each way, then it is quiet (F4, F7)',
		},
		{
			promise: 'A product whose number changed is renamed in Specter and not made anew',
			file: 'workflows-templates/vendre-products-to-specter.json',
			code: '"newKey": "specterArticleNo"',
			without: '"newKey": "somethingElse"',
			project: 'e2e',
			testFile: 'test/e2e/products.test.ts',
			test: 'a changed article number renames the same article, also twice (P7)',
		},
		{
			promise: 'A backfill does not begin while another one runs',
			file: 'workflows-templates/backfill-from-vendre.json',
			code: '"leftValue": "={{ $json.refused }}"',
			without: '"leftValue": "={{ false }}"',
			project: 'e2e',
			testFile: 'test/e2e/backfill.test.ts',
			test: 'refuses a second start while it runs',
		},
	],
	'Nothing lost': [
		{
			promise: 'An answer that cannot be read counts as none, so the call is sent again',
			file: 'nodes/shared/http.ts',
			code: 'const garbled = outcome.status === 200 && !understands(outcome.body);',
			without: 'const garbled = false;',
			project: 'workflow',
			testFile: 'test/workflow/specterOrder.test.ts',
			test: '%s after Specter stored it: sent again, duplicate, one order and no wrong number',
		},
		{
			promise: 'A batch stays open as long as records of it have to come again',
			file: 'nodes/Specter/actions/changes/confirm.ts',
			code: "if (toRetry > option('holdAbove', 0) &&",
			without: 'if (toRetry < 0 &&',
			project: 'workflow',
			testFile: 'test/workflow/specterChanges.test.ts',
			test: 'leaves a batch open while one of its records may go through later',
		},
		{
			promise: 'A batch that an earlier run left open is fetched again, by its own number',
			file: 'nodes/Specter/transport/changeQueues.ts',
			code: '[batchNo, recovered] = open === undefined ? [newBatchNo(), false] : [open, true];',
			without: '[batchNo, recovered] = [newBatchNo(), false];',
			project: 'workflow',
			testFile: 'test/workflow/specterChanges.test.ts',
			test: 'fetches a batch again that an earlier run left open',
		},
		{
			promise: 'A blank page in the place of an open batch does not count as an empty one',
			file: 'nodes/Specter/transport/changeQueues.ts',
			code: "return pending && 'blank' in pending && pending.blank && recovered ? undefined : pending;",
			without: 'return pending;',
			project: 'workflow',
			testFile: 'test/workflow/specterChanges.test.ts',
			test: 'does not take a blank page for an open batch that holds nothing',
		},
		{
			promise: 'What the poll handed on counts only when its execution has ended well',
			file: 'nodes/Vendre/poll/poll.ts',
			code: "if (outcome === 'endedWell') {",
			without: "if (outcome !== 'notStarted') {",
			project: 'workflow',
			testFile: 'test/workflow/vendrePollTrigger.test.ts',
			test: 'that fails does not hold up the records after it',
		},
		{
			promise: 'An execution of which nobody knows after a restart counts as failed',
			file: 'nodes/Vendre/poll/handOver.ts',
			code: "return handOver?.token === token ? handOver.outcome : 'failed';",
			without: "return handOver?.token === token ? handOver.outcome : 'endedWell';",
			project: 'workflow',
			testFile: 'test/workflow/vendrePollTrigger.test.ts',
			test: 'that was killed with n8n has its items handed on again',
		},
		{
			promise: 'A row that moves to the page before while a list is read is not skipped',
			file: 'nodes/Vendre/poll/listScan.ts',
			code: 'if (isGap && this.stepsBack < MOST_STEPS_BACK) {',
			without: 'if (isGap && this.stepsBack < 0) {',
			project: 'workflow',
			testFile: 'test/workflow/vendrePollTrigger.test.ts',
			test: 'that loses %d rows while it is read hides none',
		},
		{
			promise:
				'A webhook whose record cannot be read is not answered with OK, so the shop sends it again',
			file: 'nodes/Vendre/VendreTrigger.node.ts',
			code: 'return answer(unknown ? 404 : 503,',
			without: 'return answer(unknown ? 404 : 200,',
			project: 'workflow',
			testFile: 'test/workflow/vendreTrigger.test.ts',
			test: 'a shop that stays down: 503, so that it shows, and nothing starts',
		},
		{
			promise: 'An order without a number gets the one that Specter names later',
			file: 'nodes/Vendre/actions/order/updateStatus.operation.ts',
			code: 'const savesNumber = change.savesNumber && !order.external_id;',
			without: 'const savesNumber = false;',
			project: 'workflow',
			testFile: 'test/workflow/vendreOrderStatus.test.ts',
			test: 'is saved alone where the status is there, and no mail is sent',
		},
		{
			promise:
				'Records that wait for a system that is down are left to a later run, and the run ends in time',
			file: 'nodes/Vendre/transport/outage.ts',
			code: 'if (failuresInARow >= FAILURES_OF_AN_OUTAGE) {',
			without: 'if (failuresInARow < 0) {',
			project: 'workflow',
			testFile: 'test/workflow/vendreStock.test.ts',
			test: 'a shop that is down costs the tries of three records, not of all',
		},
		{
			promise:
				'A run in which records failed for the moment fails as a whole, so the poll brings them again',
			file: 'workflows-templates/vendre-products-to-specter.json',
			code: '"leftValue": "={{ $json.comesAgain }}"',
			without: '"leftValue": "={{ false }}"',
			project: 'e2e',
			testFile: 'test/e2e/products.test.ts',
			test: 'while Specter does not answer the run fails, and the products come again',
		},
		{
			promise: 'A look at orders that is stopped in the middle has most of them behind it',
			file: 'workflows-templates/vendre-orders-to-specter.json',
			code: '"batchSize": 25',
			without: '"batchSize": 2500',
			project: 'e2e',
			testFile: 'test/e2e/orderLooks.test.ts',
			test: 'each group of orders is through before the next one is begun, so that a stop costs one group at most',
		},
		{
			promise: 'Orders of a week are found, however many came after them',
			file: 'workflows-templates/vendre-orders-to-specter.json',
			code: "={{ $('Every hour').isExecuted ? 5000 : 500 }}",
			without: '={{ 500 }}',
			project: 'e2e',
			testFile: 'test/e2e/orderLooks.test.ts',
			test: 'what a week of webhooks did not tell is found by the hour, also behind the newest',
		},
		{
			promise:
				'A record that fails again and again is told of and left in the queue, and does not use up the tries of others',
			file: 'workflows-templates/replay-failed-records.json',
			code: '"nextTry": "9999-12-31T00:00:00.000Z"',
			without: '"nextTry": "2000-01-01T00:00:00.000Z"',
			project: 'e2e',
			testFile: 'test/e2e/replay.test.ts',
			test: 'what fails again and again is given up, told once, and left alone until a person asks',
		},
	],
	'Nothing spoiled': [
		{
			promise:
				'A state of the shop that Specter’s own change is just replacing does not go back over Specter’s newer one',
			file: 'workflows-templates/vendre-products-to-specter.json',
			code: '={{ !!$json.writingSince && DateTime.fromISO($json.writingSince) > $now.minus({ minutes: 30 }) }}',
			without: '={{ false }}',
			project: 'e2e',
			testFile: 'test/e2e/products.test.ts',
			test: 'a product that Specter’s own change is being written to is left to the next look (F4, F7)',
		},
		{
			promise: 'Of two changes of one product the later one stands',
			file: 'nodes/Vendre/actions/stock/update.operation.ts',
			code: 'if (last?.get(productId) !== itemIndex) {',
			without: 'if (last?.size === -1) {',
			project: 'workflow',
			testFile: 'test/workflow/vendreStock.test.ts',
			test: 'of several items for one product the last that has a number is written, once',
		},
		{
			promise: 'A stock that Specter does not tell is never taken for 0',
			file: 'nodes/Specter/changes.ts',
			code: 'Number.isSafeInteger(Math.trunc(number)) ? number : null',
			without: 'Number.isSafeInteger(Math.trunc(number)) ? number : 0',
			project: 'workflow',
			testFile: 'test/workflow/specterChanges.test.ts',
			test: 'gives one item per record with its batch, as %s',
		},
		{
			promise: 'An order that belongs to another of Specter’s orders keeps its status',
			file: 'nodes/Vendre/actions/order/updateStatus.operation.ts',
			code: 'if (specterNumber && order.external_id && order.external_id !== specterNumber) {',
			without: 'if (specterNumber === null) {',
			project: 'workflow',
			testFile: 'test/workflow/vendreOrderStatus.test.ts',
			test: 'an order that carries another Specter number',
		},
		{
			promise: 'An order that goes abroad without VAT leaves the article’s VAT as it is',
			file: 'nodes/VendreSpecterMapper/mapping/order.ts',
			code: 'const own = abroad ?',
			without: 'const own = !order.id ?',
			project: 'unit',
			testFile: 'test/unit/mapper/order.test.ts',
			test: 'is that of the product’s tax class in an order that goes abroad, whose rows have another',
		},
		{
			promise: 'A webhook that does not know the secret reads and starts nothing',
			file: 'nodes/Vendre/VendreTrigger.node.ts',
			code: 'if (!secretsMatch(secret, webhookSecret))',
			without: 'if (secret === null)',
			project: 'workflow',
			testFile: 'test/workflow/vendreTrigger.test.ts',
			test: '%s: 401, nothing is read and nothing starts',
		},
	],
};
