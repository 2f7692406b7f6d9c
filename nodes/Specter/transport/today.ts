/** Today's date in a time zone as YYYY-MM-DD, as Specter takes its dates. */
export function todayIn(timeZone: string): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
}
