import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { decodeAnswer } from '../transport/response';

import type { Batch } from './batches';

const isDeclared = ({ body }: Batch) => /^\s*<\?xml/.test(body.toString('latin1'));
const tells = ({ body }: Batch) => body.some((byte) => byte > 0x7f);

/** What XML without a declaration is in, where a record has a letter that tells. */
export function encodingOf(batches: Batch[]): Findings {
	const undeclared = batches.filter((batch) => !isDeclared(batch));
	if (undeclared.length === 0) {
		return { undeclaredXml: notTested('No answer came without a declaration') };
	}
	const telling = undeclared.find(tells);
	if (!telling) return { undeclaredXml: notTested('No record has a letter outside ASCII') };
	const isLatin1 = decodeAnswer(telling.body) === telling.body.toString('latin1');
	return {
		undeclaredXml: isLatin1
			? holds('XML without a declaration is in ISO-8859-1')
			: { verdict: 'differs', found: 'XML without a declaration is in UTF-8' },
	};
}
