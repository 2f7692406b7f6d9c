import { specterDialect } from './dialect';

/** Today's date in Sweden as YYYY-MM-DD, which checkAccountSettings is signed with (contract specter §2). */
export function todayInSweden(): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: specterDialect.timeZone }).format(new Date());
}
