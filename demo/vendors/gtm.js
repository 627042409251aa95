/**
 * Stand-in for a Google Tag Manager container: https://www.googletagmanager.com/gtm.js?id=GTM-...
 *
 * What it imitates: finds `gtm.start` in `dataLayer`, keeps Consent Mode commands for the tags inside it, takes the
 * queue over, handles later events at once, and calls an event's `eventCallback` with its id. It sets no cookie of its own, and this one contains no tags: each event
 * is one hit and nothing more is loaded.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const isReal = script.hostname.endsWith('.googletagmanager.com');
  const endpoint = isReal
    ? 'https://www.googletagmanager.com/a'
    : `${script.origin}/collect/google-tag-manager`;
  const id = script.searchParams.get('id');
  const consent = {};

  (window.google_tag_manager ??= {})[id] = {};

  function handle(entry) {
    if (Object.prototype.toString.call(entry) === '[object Arguments]') {
      if (entry[0] === 'consent') Object.assign(consent, entry[2]);
      return;
    }
    if (!entry?.event) return;
    const granted = (type) => Number(consent[type] !== 'denied');
    const hit = {
      id,
      en: entry.event,
      gcs: `G1${granted('ad_storage')}${granted('analytics_storage')}`,
      ...(entry['gtm.start'] && {start: entry['gtm.start']}),
      dl: location.href,
    };
    new Image().src = `${endpoint}?${new URLSearchParams(hit)}`;
    if (entry.eventCallback) setTimeout(() => entry.eventCallback(id));
  }

  const layer = (window[script.searchParams.get('l') ?? 'dataLayer'] ??= []);
  const push = layer.push;
  const queued = layer.slice();
  layer.push = (...entries) => {
    const length = push.apply(layer, entries);
    entries.forEach(handle);
    return length;
  };
  queued.forEach(handle);
})();
