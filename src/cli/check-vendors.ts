/**
 * What only the whole catalogue can say of a configuration: whether each recipient is disclosed as a profile demands, whether
 * what the site says of itself fits its vendors, and what of it nobody has verified. The console says none of this: the
 * facts are more than a page should download. Pure.
 */
import {normalizeConfig} from '../config/normalize-config.js';
import type {Vendor, VendorDisclosure} from '../config/types.js';
import {wrong} from '../diagnostics/rules.js';
import {findVendor, known} from './known-vendors.js';

export interface Findings {
  /** They end the command with 1. */
  readonly mistakes: readonly string[];
  /** Worth knowing, and nobody's fault. */
  readonly notices: readonly string[];
}

/** What a visitor in Japan is told of every recipient: https://laws.e-gov.go.jp/law/359AC0000000086, art. 27-12. */
const JP: Readonly<Record<string, string>> = {
  recipient: 'who receives the data',
  transmits: 'what is sent',
  purpose: 'what it is used for',
};

/** @param config takes no type for granted: what a single field may hold is for `findMistakes` to say */
export function checkVendors(config: unknown): Findings {
  const {disclosure, sale, categories, vendors: all} = normalizeConfig(config, known.catalogue);
  // What is broken is closed, and said to be elsewhere.
  const vendors = all.filter(({isBroken}) => !isBroken);
  const required = categories.filter((category) => category.required === true).map(({id}) => id);
  const pathOf = (vendor: Vendor) => `vendors[${all.indexOf(vendor)}]`;
  const optional = vendors.filter(({category}) => !required.includes(category));
  return {
    mistakes: [
      ...(Object(disclosure).profile === 'jp' ? vendors.flatMap(undisclosed) : []),
      ...(sale === false ? vendors.flatMap(denied) : []),
      ...vendors.flatMap(disguised),
    ],
    notices: [...optional.flatMap(withoutOptOut), ...vendors.flatMap(unverified)],
  };

  function undisclosed(vendor: Vendor): string[] {
    const told = tell(vendor);
    return Object.entries(JP).flatMap(([field, what]) => {
      const value = told[field as keyof VendorDisclosure];
      if (Array.isArray(value) ? value.length : value) return [];
      return [wrong(`${pathOf(vendor)}.${field}`, `${what} (disclosure.profile is "jp")`, value)];
    });
  }

  function denied(vendor: Vendor): string[] {
    if (!findVendor(vendor.id)?.facts.sells) return [];
    const whom = `${vendor.id} (${pathOf(vendor)})`;
    return [
      wrong('sale', `true beside ${whom}, which sells data, shares it, or advertises across sites`, sale),
    ];
  }

  /** One whose category of the catalogue is advertising is found by the diagnostics. */
  function disguised(vendor: Vendor): string[] {
    if (!required.includes(vendor.category) || vendor.definition?.category === 'advertising') return [];
    if (!findVendor(vendor.id)?.facts.sells) return [];
    const expected = `one that can be refused: ${vendor.id} sells data, shares it, or advertises across sites`;
    return [wrong(`${pathOf(vendor)}.category`, expected, vendor.category)];
  }

  function withoutOptOut(vendor: Vendor): string[] {
    if (tell(vendor).optOutUrl) return [];
    const expected =
      "the recipient's own opt-out page, if there is one (the switch on this site works without)";
    return [wrong(`${pathOf(vendor)}.optOutUrl`, expected, undefined)];
  }

  function unverified(vendor: Vendor): string[] {
    const {confidence, unverified: fields = []} = findVendor(vendor.id)?.facts ?? {};
    const what = confidence === 'low' ? 'all that is known of it' : fields.join(', ');
    if (!what) return [];
    return [
      `${pathOf(vendor)}: expected verified facts on ${vendor.id}, got unverified: ${what} (docs/vendors.md)`,
    ];
  }
}

/** What visitors are told: the site's own words, else the catalogue's. */
function tell(vendor: Vendor): VendorDisclosure {
  return {...findVendor(vendor.id)?.disclosure, ...vendor};
}
