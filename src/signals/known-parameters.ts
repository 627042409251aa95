/**
 * Parameters of a landing address in which vendors of the catalogue read which advertisement or campaign brought the visitor;
 * `*` stands for any characters. Written by `npm run vendors` from the vendors' files.
 */
export const knownParameters =
  '__hsfp __hssc __hstc _gl _hsenc _hsmi _kx _ly_c a8 adobe_mc dclid ef_id epik fbclid gad gad_* gbraid gclid gclsrc hsCtaTracking hsa_* igshid irclid ldtag_cl li_fat_id ly_c matomo_* mc_cid msclkid mtm_* piwik_* pk_* qclid rdt_cid s_kwcid sa_cc sa_p sa_ra sa_t sccid srsltid ttclid twclid utm_* wbraid yclid yj_r';
