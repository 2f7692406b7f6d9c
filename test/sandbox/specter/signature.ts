import { createHash } from 'node:crypto';

/** The two secrets of an API user. Version 1 calls them MD5 key 1 and MD5 key 2. */
export interface Keys {
	sbmId: string;
	apiUserKey: string;
	integrationKey: string;
}

/** Contract specter §2: md5(IntegrationKey + md5(ApiUserKey + sbmId + X)), over Latin-1 bytes. */
export function signatureOf(signed: string, keys: Keys): string {
	return md5(keys.integrationKey + md5(keys.apiUserKey + keys.sbmId + signed));
}

/** A customer's name as it is signed: trimmed, runs of blanks folded to one. */
export function signedName(name: string): string {
	return name.replace(/[ \t\r\n]+/g, ' ').trim();
}

function md5(latin1Text: string): string {
	return createHash('md5').update(Buffer.from(latin1Text, 'latin1')).digest('hex');
}
