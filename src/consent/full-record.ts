/** The record spelled out, for the visitor's download and the site's own log. No address, no browser name, no history. */
import type {Settings} from '../config/types.js';
import type {ConsentState} from './grants.js';

/** What `consentGate.record()` returns and `recordEndpoint` receives. */
export interface FullRecord {
  readonly schema: 'consent-gate/1';
  readonly version: string;
  /** Random, where the site keeps records. */
  readonly id: string | null;
  /** When the choice was made, ISO 8601; `null` before one. */
  readonly decidedAt: string | null;
  readonly source: string | null;
  readonly policyVersion: string;
  readonly regime: string;
  readonly region: string | null;
  /** Host for which the choice holds, or the domain that shares it. */
  readonly scope: string;
  /** Language of the page on which this was shown, and of the policy that prevails. */
  readonly language: string;
  readonly prevailingLanguage: string | null;
  readonly controller: Settings['controller'];
  readonly categories: ConsentState['categories'];
  readonly vendors: ConsentState['vendors'];
}

export function describeRecord(
  {cookie, policy, controller}: Settings,
  state: ConsentState,
  {version, language, hostname}: {version: string; language: string; hostname: string},
): FullRecord {
  const {id, decidedAt, source, policyVersion, regime, region = null, categories, vendors} = state;
  return {
    schema: 'consent-gate/1',
    version,
    id,
    decidedAt: decidedAt === null ? null : new Date(decidedAt * 1000).toISOString(),
    source,
    policyVersion,
    regime,
    region,
    scope: cookie.domain === 'host' ? hostname : cookie.domain,
    language,
    prevailingLanguage: policy.prevailingLanguage ?? null,
    controller,
    categories,
    vendors,
  };
}
