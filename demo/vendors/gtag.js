/**
 * Stand-in for Google's tag: https://www.googletagmanager.com/gtag/js?id=G-... or AW-...
 *
 * What it imitates:
 * - takes `dataLayer` over: replays what was queued, in order, then handles every later push at once;
 * - knows a command only as an `arguments` object; arrays are ignored, plain objects are Tag Manager's;
 * - Consent Mode: `default` and `update` are kept in `google_tag_data.ics`; a type that nobody named counts as granted;
 *   while denied, hits go out all the same (`gcs=G100`), but no cookie is written or read;
 * - G-...: `_ga` and `_ga_<ID>` (2 years) and a page_view; stopped by `window['ga-disable-G-...']`;
 * - `event_callback` is called with the id once a command has been carried out, `get` with what it knows;
 * - AW-...: `_gcl_au` (90 days), with ?gclid= also `_gcl_aw` and localStorage `_gcl_ls`, and a remarketing hit;
 * - writes cookies on the widest domain that takes them; writes `_ga_<ID>` once more while the page is left.
 * Left out: wait_for_update, regions, destinations fetched on demand, enhanced measurement.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const isReal = script.hostname.endsWith('.googletagmanager.com');
  const ANALYTICS = isReal
    ? 'https://www.google-analytics.com/g/collect'
    : `${script.origin}/collect/google-analytics`;
  const TWO_YEARS = 63072000;
  const NINETY_DAYS = 7776000;

  // A second copy of the script only makes its id known.
  const known = (window.google_tag_manager ??= {});
  const isFirst = !known.dataLayer;
  known[script.searchParams.get('id')] = {};
  if (!isFirst) return;
  known.dataLayer = {};

  const seconds = () => Math.floor(Date.now() / 1000);
  const random = () => Math.floor(Math.random() * 2147483647);

  // --- cookies -------------------------------------------------------------------------------------------------------

  const readCookie = (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Tries example.com, then www.example.com, then this host alone; keeps the first that the browser accepts. */
  function writeCookie(name, value, maxAge) {
    const labels = location.hostname.split('.');
    const isName = labels.length > 1 && !/^[\d.]+$/.test(location.hostname);
    const domains = isName ? labels.map((_, at) => labels.slice(-at - 1).join('.')).slice(1) : [];
    for (const domain of [...domains, '']) {
      // biome-ignore lint/suspicious/noDocumentCookie: as the real tag does
      document.cookie = `${name}=${value}; path=/; max-age=${maxAge}${domain && `; domain=${domain}`}`;
      if (readCookie(name) === value) return;
    }
  }

  // --- Consent Mode --------------------------------------------------------------------------------------------------

  const consent = ((window.google_tag_data ??= {}).ics ??= {entries: {}}).entries;

  const isGranted = (type) => consent[type]?.update ?? consent[type]?.default ?? true;

  function setConsent(kind, answers) {
    for (const [type, answer] of Object.entries(answers)) {
      if (answer === 'granted' || answer === 'denied') (consent[type] ??= {})[kind] = answer === 'granted';
    }
    for (const id of configured) writeCookies(id);
  }

  /** `G1`, then one digit for advertising and one for analytics. */
  const gcs = () => `G1${Number(isGranted('ad_storage'))}${Number(isGranted('analytics_storage'))}`;

  // --- destinations --------------------------------------------------------------------------------------------------

  const configured = new Set();
  const session = seconds();
  const clientId = () => readCookie('_ga')?.split('.').slice(2).join('.') ?? `${random()}.${session}`;
  const isDisabled = (id) => window[`ga-disable-${id}`] === true;

  function writeCookies(id) {
    if (id.startsWith('G-') && isGranted('analytics_storage') && !isDisabled(id)) {
      writeCookie('_ga', `GA1.1.${clientId()}`, TWO_YEARS);
      writeCookie(`_ga_${id.slice(2)}`, `GS2.1.s${session}$o1$g1$t${seconds()}$j60$l0$h0`, TWO_YEARS);
    }
    if (id.startsWith('AW-') && isGranted('ad_storage')) {
      writeCookie('_gcl_au', readCookie('_gcl_au') ?? `1.1.${random()}.${session}`, NINETY_DAYS);
      const clickId = new URLSearchParams(location.search).get('gclid');
      if (clickId) {
        writeCookie('_gcl_aw', `GCL.${session}.${clickId}`, NINETY_DAYS);
        localStorage.setItem('_gcl_ls', JSON.stringify({gclid: clickId, time: session}));
      }
    }
  }

  /** `id` may carry a conversion label: AW-123456789/AbC-D_efG. */
  function send(target, event, {send_to: _, ...params}) {
    const [id, label] = target.split('/');
    writeCookies(id);
    const page = {dl: location.href, dr: document.referrer, dt: document.title};
    if (id.startsWith('G-') && !isDisabled(id)) {
      const hit = {v: '2', tid: id, gcs: gcs(), cid: clientId(), sid: session, en: event, ...page, ...params};
      fetch(`${ANALYTICS}?${new URLSearchParams(hit)}`, {
        method: 'POST',
        mode: 'no-cors',
        keepalive: true,
      }).catch(() => {});
    }
    if (id.startsWith('AW-')) {
      const account = id.slice(3);
      const real = label
        ? `https://www.googleadservices.com/pagead/conversion/${account}/`
        : `https://googleads.g.doubleclick.net/pagead/viewthroughconversion/${account}/`;
      const hit = {
        tid: id,
        gcs: gcs(),
        en: event,
        ...(label && {label}),
        auid: readCookie('_gcl_au') ?? '',
        ...page,
      };
      new Image().src = `${isReal ? real : `${script.origin}/collect/google-ads`}?${new URLSearchParams(hit)}`;
    }
  }

  // --- the queue -----------------------------------------------------------------------------------------------------

  const commands = {
    consent: setConsent,
    config(id, params = {}) {
      configured.add(id);
      writeCookies(id);
      if (params.send_page_view !== false) send(id, 'page_view', params);
      setTimeout(() => params.event_callback?.(id));
    },
    event(name, {event_callback: callback, event_timeout: _, ...params} = {}) {
      const targets = params.send_to ? [params.send_to].flat() : [...configured];
      for (const target of targets) send(target, name, params);
      setTimeout(() => callback?.(targets[0]?.split('/')[0]));
    },
    get(_id, field, callback) {
      setTimeout(() => callback(field === 'client_id' ? clientId() : undefined));
    },
  };

  function handle(entry) {
    if (Object.prototype.toString.call(entry) !== '[object Arguments]') return;
    const [command, ...rest] = entry;
    commands[command]?.(...rest);
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

  // The session cookie comes back after a sweep unless the tag has been told to stop.
  addEventListener('pagehide', () => configured.forEach(writeCookies));
})();
