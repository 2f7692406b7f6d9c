let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` when everything that was given here before it has ended, well or badly. n8n may give up
 * waiting for a slow removal and go on to register again; the removal must not be the last to arrive.
 */
export async function inTurn<Output>(work: () => Promise<Output>): Promise<Output> {
	const turn = lastTurn.then(work);
	lastTurn = turn.catch(() => undefined);
	return await turn;
}
