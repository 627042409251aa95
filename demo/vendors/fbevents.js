/**
 * Stand-in for the Meta Pixel: https://connect.facebook.net/en_US/fbevents.js
 *
 * What it imitates:
 * - takes over by setting `fbq.callMethod`, then replays `fbq.queue`;
 * - `init`: `_fbp` (90 days), with ?fbclid= also `_fbc`; localStorage `lastExternalReferrer` and its time;
 * - `track`, `trackCustom`, `trackSingle`: one hit for each pixel that was initialised;
 * - `consent revoke` holds events back and writes nothing, `consent grant` sends what was held; the state is not kept
 *   from page to page;
 * - writes cookies on the widest domain that takes them.
 * Left out: the configuration script that the real one fetches per pixel, automatic button and history events.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const isReal = script.hostname === 'connect.facebook.net';
  const endpoint = isReal ? 'https://www.facebook.com/tr/' : `${script.origin}/collect/meta-pixel`;
  const NINETY_DAYS = 7776000;

  const fbq = window.fbq;
  if (!fbq || fbq.callMethod) return;
  const pixels = new Set();
  let isRevoked = false;
  let held = [];

  const readCookie = (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Tries example.com, then www.example.com, then this host alone; keeps the first that the browser accepts. */
  function writeCookie(name, valueAt) {
    const labels = location.hostname.split('.');
    const isName = labels.length > 1 && !/^[\d.]+$/.test(location.hostname);
    const domains = isName ? labels.map((_, at) => labels.slice(-at - 1).join('.')).slice(1) : [];
    for (const [at, domain] of [...domains, ''].entries()) {
      const value = valueAt(domain ? at + 1 : 0);
      // biome-ignore lint/suspicious/noDocumentCookie: as the real tag does
      document.cookie = `${name}=${value}; path=/; max-age=${NINETY_DAYS}${domain && `; domain=${domain}`}`;
      if (readCookie(name) === value) return;
    }
  }

  function writeCookies() {
    const now = Date.now();
    const browserId = readCookie('_fbp');
    writeCookie('_fbp', (level) => browserId ?? `fb.${level}.${now}.${Math.floor(Math.random() * 1e18)}`);
    const clickId = new URLSearchParams(location.search).get('fbclid');
    if (clickId && !readCookie('_fbc')?.endsWith(`.${clickId}`)) {
      writeCookie('_fbc', (level) => `fb.${level}.${now}.${clickId}`);
    }
    localStorage.setItem('lastExternalReferrer', document.referrer || 'empty');
    localStorage.setItem('lastExternalReferrerTime', String(now));
  }

  function send(id, event, params = {}) {
    writeCookies();
    const custom = Object.entries(params).map(([key, value]) => [`cd[${key}]`, String(value)]);
    const query = new URLSearchParams({
      id,
      ev: event,
      dl: location.href,
      rl: document.referrer,
      ts: Date.now(),
      fbp: readCookie('_fbp') ?? '',
      fbc: readCookie('_fbc') ?? '',
      ...Object.fromEntries(custom),
    });
    new Image().src = `${endpoint}?${query}`;
  }

  function track(targets, event, params) {
    if (isRevoked) held.push([targets, event, params]);
    else for (const id of targets) send(id, event, params);
  }

  const commands = {
    init(id) {
      pixels.add(id);
      if (!isRevoked) writeCookies();
    },
    track: (event, params) => track([...pixels], event, params),
    trackCustom: (event, params) => track([...pixels], event, params),
    trackSingle: (id, event, params) => track([id], event, params),
    consent(answer) {
      isRevoked = answer === 'revoke';
      if (isRevoked) return;
      const events = held;
      held = [];
      for (const event of events) track(...event);
    },
  };

  fbq.callMethod = (command, ...rest) => commands[command]?.(...rest);
  for (const entry of fbq.queue.splice(0)) fbq.callMethod(...entry);
})();
