/**
 * Stand-in for Yahoo! JAPAN Ads: https://s.yimg.jp/images/listing/tool/cv/ytag.js
 *
 * What it imitates:
 * - replays `yjDataLayer`, then replaces it by an object whose `push` handles each command at once;
 * - `ycl_cookie` (the site general tag): `_yjsu_yjad` (site user id), and with ?yclid= also `_ycl_yjad` (2 years), with
 *   a copy in localStorage when `ycl_use_non_cookie_storage` is set;
 * - `yss_`/`yjad_retargeting` and `yss_`/`yjad_conversion`: one hit each. There is no consent command: once loaded, it
 *   does what it is told;
 * - calls `onload_callback` of a command once it has been carried out;
 * - writes cookies on the widest domain that takes them.
 * Every hit says whether the general tag came first (`general`), as it must for click ids to be found.
 * Left out: search click ids (`_ycl_aw`), the scripts that the real one fetches, partner forwarding.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const isReal = script.hostname.endsWith('.yimg.jp');
  const TWO_YEARS = 63072000;
  let hasGeneralTag = false;

  const seconds = () => Math.floor(Date.now() / 1000);

  const readCookie = (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Tries example.co.jp, then www.example.co.jp, then this host alone; keeps the first that the browser accepts. */
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

  function hit(type, id, real, params = {}) {
    const query = new URLSearchParams({
      type,
      p: id,
      general: Number(hasGeneralTag),
      yclid: readCookie('_ycl_yjad') ?? '',
      su: readCookie('_yjsu_yjad') ?? '',
      ref: location.href,
      rref: document.referrer,
      ...params,
    });
    new Image().src = `${isReal ? real : `${script.origin}/collect/yahoo-japan-ads`}?${query}`;
  }

  const commands = {
    ycl_cookie({ycl_use_non_cookie_storage}) {
      hasGeneralTag = true;
      const uuid = Array.from({length: 4}, () => Math.random().toString(16).slice(2, 10)).join('-');
      writeCookie('_yjsu_yjad', readCookie('_yjsu_yjad') ?? `${seconds()}.${uuid}`, TWO_YEARS);
      const clickId = new URLSearchParams(location.search).get('yclid');
      if (!clickId) return;
      const value = `YJAD.${seconds()}.${clickId}`;
      writeCookie('_ycl_yjad', value, TWO_YEARS);
      if (ycl_use_non_cookie_storage) localStorage.setItem('_ycl_yjad', value);
    },
    yss_retargeting({yahoo_ss_retargeting_id: id}) {
      hit('yss_retargeting', id, `https://b97.yahoo.co.jp/pagead/conversion/${id}/`);
    },
    yjad_retargeting({yahoo_retargeting_id: id, yahoo_retargeting_page_type: pageType = ''}) {
      hit('yjad_retargeting', id, 'https://apm.yahoo.co.jp/rt/', {pageType});
    },
    yss_conversion({
      yahoo_conversion_id: id,
      yahoo_conversion_label: label,
      yahoo_conversion_value: value = '',
    }) {
      hit('yss_conversion', id, `https://b91.yahoo.co.jp/pagead/conversion/${id}/`, {label, value});
    },
    yjad_conversion({yahoo_ydn_conv_io: id, yahoo_ydn_conv_label: label, yahoo_ydn_conv_value: value = ''}) {
      hit('yjad_conversion', id, 'https://b90.yahoo.co.jp/conv', {label, value});
    },
  };

  /** An entry is the `arguments` of `ytag({type, config})`. */
  function handle([command]) {
    const {type, config = {}} = Object(command);
    // That of a press is a conversion like the others.
    commands[type === 'yss_call_conversion' ? 'yss_conversion' : type]?.(config);
    if (config.onload_callback) setTimeout(config.onload_callback);
  }

  const queued = window.yjDataLayer ?? [];
  window.yjDataLayer = {push: handle};
  queued.forEach(handle);
})();
