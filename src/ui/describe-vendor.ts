/** What is said of a vendor: the site's own words before the catalogue's. */
import type {Vendor} from '../config/types.js';
import {pickText} from '../ui-contract.js';
import {disclosures} from '../vendors/disclosures.js';

export const describeVendor = (vendor: Vendor): Vendor => ({...disclosures[vendor.id], ...vendor});

/** @returns its name in `language`, or its id */
export const vendorName = (vendor: Vendor, language: string): string =>
  pickText(describeVendor(vendor).name, language) || vendor.id;
