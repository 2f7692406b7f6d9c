import type { RequestContext } from '../../shared/http';
import { apiError } from '../../shared/errors';
import { isRetryable } from '../../shared/items';

/** So many records that fail in passing, with none between them that succeeds, are an outage. */
const FAILURES_OF_AN_OUTAGE = 3;

/** Does what the shop is asked to do for one record of a run. */
export type Attempt = <Output>(work: () => Promise<Output>) => Promise<Output>;

/**
 * The attempts of one run. A call to a shop that is down takes minutes to fail, so after three records
 * in a row that did, the others fail at once, to be taken up again later. A refusal is an answer: one
 * record that always fails does not stop the others.
 */
export function attemptsUntilOutage(context: RequestContext): Attempt {
	let failuresInARow = 0;
	let lastReason = '';
	return async (work) => {
		if (failuresInARow >= FAILURES_OF_AN_OUTAGE) {
			throw apiError(context.getNode(), {
				message: 'This record was not tried because the shop does not answer',
				description: `${FAILURES_OF_AN_OUTAGE} records before it failed in a row, the last one so: ${lastReason}. Run it again when the shop is up.`,
				retryable: true,
			});
		}
		const running = work();
		void running.then(
			() => {
				failuresInARow = 0;
			},
			(error: Error) => {
				failuresInARow = isRetryable(error) ? failuresInARow + 1 : 0;
				if (isRetryable(error)) lastReason = error.message;
			},
		);
		return await running;
	};
}
