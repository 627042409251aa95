/** Zoom meetings in the page: frames that the author marks up, or a version of its kit in `src`. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {device, holdingMeetings, identifiers, ipAddress, nameAndMail, soundAndPicture} from './terms.js';

export const definition: VendorDefinition = {id: 'zoom', category: 'functional'};

export const disclosure: VendorDisclosure = {
  name: 'Zoom',
  recipient: 'Zoom Communications, Inc.',
  country: 'US',
  transmits: [nameAndMail, soundAndPicture, identifiers, ipAddress, device],
  purpose: holdingMeetings,
  privacyUrl: 'https://www.zoom.com/en/trust/privacy/privacy-statement/',
};

export const facts: VendorFacts = {
  csp: {
    'script-src': ['https://source.zoom.us'],
    'connect-src': ['https://*.zoom.us', 'wss://*.zoom.us'],
    'frame-src': ['https://*.zoom.us'],
    'img-src': ['https://*.zoom.us'],
    'worker-src': ['blob:'],
  },
  thirdPartyCookies: ['zoom.us'],
  confidence: 'low',
  sources: ['vendor developer forum', 'public samples of the kit'],
  checked: '2026-11-21',
};
