import type { Finding } from './facts';

export const holds = (found: string): Finding => ({ verdict: 'holds', found });
export const notTested = (found: string): Finding => ({ verdict: 'not tested', found });
