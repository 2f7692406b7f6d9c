/**
 * Input that cannot be used, or a system's refusal of it, as pure code reports it: which field,
 * which value and what to do. The nodes turn it into n8n's own error classes with the item's index.
 */
export class Refusal extends Error {
	/**
	 * @param message what happened, with the field and the value
	 * @param whatToDo one or two sentences that tell the user how to go on
	 */
	constructor(
		message: string,
		readonly whatToDo: string,
	) {
		super(message);
		this.name = 'Refusal';
	}
}
