/**
 * Runs in the page before anything else: collects timings, and tells the driver through a binding what has happened.
 * Its own cost is part of every row, the floor's included.
 */
({accept, expected, besides, watched}) => {
  performance.setResourceTimingBufferSize(10_000);
  const bench = {executed: [], long: [], cls: 0, lcp: 0, inp: 0, shown: null, click: null, gone: null};
  window.__bench = bench;
  const signal = (name) => window.__signal?.(name);

  /** Called by every vendor's script. */
  bench.ran = (id) => {
    if (id === besides) return;
    bench.executed.push(performance.now());
    if (bench.executed.length === expected) signal('ran');
  };

  const watch = (type, handle, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(handle)).observe({
      type,
      buffered: true,
      ...options,
    });
  watch('layout-shift', (entry) => {
    if (!entry.hadRecentInput) bench.cls += entry.value;
  });
  watch('longtask', ({startTime, duration}) => bench.long.push([startTime, duration]));
  watch('largest-contentful-paint', (entry) => {
    bench.lcp = entry.startTime;
  });
  watch(
    'event',
    (entry) => {
      if (entry.interactionId) bench.inp = Math.max(bench.inp, entry.duration);
    },
    {durationThreshold: 16},
  );

  /** `>>>` enters a shadow root. */
  bench.find = (selector) => {
    let root = document;
    let found = null;
    for (const part of selector.split('>>>')) {
      found = root?.querySelector(part.trim());
      root = found?.shadowRoot;
    }
    return found;
  };

  /** A visitor could press it: laid out, in the viewport, at least half opaque, nothing on top of it. */
  bench.visible = (selector) => {
    const element = bench.find(selector);
    if (!element?.checkVisibility({visibilityProperty: true})) return false;
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (box.width < 4 || box.height < 4 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    let opacity = 1;
    for (
      let node = element;
      node;
      node = node.assignedSlot ?? node.parentElement ?? node.getRootNode().host
    ) {
      opacity *= getComputedStyle(node).opacity;
      if (opacity < 0.5) return false;
    }
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot && top !== element) {
      const inner = top.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === top) break;
      top = inner;
    }
    return !!top && (element.contains(top) || top.shadowRoot === element.getRootNode());
  };

  function lookForBanner() {
    if (!bench.visible(accept)) return requestAnimationFrame(lookForBanner);
    bench.shown = performance.now();
    signal('shown');
  }
  lookForBanner();

  const readStorage = () => `${document.cookie} ${JSON.stringify({...localStorage})}`;

  /** What a withdrawal stores, even where the page is reloaded in the same task. */
  function lookForRecord() {
    const before = readStorage();
    const isStored = () => {
      if (readStorage() === before) return false;
      signal(`stored ${performance.now() - bench.click}`);
      return true;
    };
    const timer = setInterval(() => isStored() && clearInterval(timer), 4);
    addEventListener('pagehide', isStored);
  }

  function lookForEnd() {
    if (bench.visible(accept)) return requestAnimationFrame(lookForEnd);
    bench.gone = performance.now();
    signal('gone');
  }

  addEventListener(
    'click',
    (event) => {
      if (bench.click !== null) return;
      bench.click = event.timeStamp;
      if (watched === 'banner') lookForEnd();
      if (watched === 'record') lookForRecord();
    },
    {capture: true},
  );

  /** Adds nodes to the page as a live application does. Resolves when the time is over. */
  bench.addNodes = (perSecond, milliseconds) =>
    new Promise((done) => {
      const [start, parent] = [performance.now(), document.querySelector('main')];
      let added = 0;
      const timer = setInterval(() => {
        const elapsed = Math.min(performance.now() - start, milliseconds);
        for (; added < (elapsed * perSecond) / 1000; added++)
          parent.append(Object.assign(document.createElement('p'), {textContent: added}));
        if (elapsed < milliseconds) return;
        clearInterval(timer);
        done();
      }, 20);
    });

  /** Changes the page a little, again and again. Resolves behind the last frame. */
  bench.changeOneByOne = async (count) => {
    const parent = document.querySelector('main');
    for (let index = 0; index < count; index++) {
      parent.append(Object.assign(document.createElement('p'), {textContent: index}));
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    }
  };

  bench.report = () => {
    const vendor = performance.getEntriesByType('resource').filter(({name}) => name.includes('/vendor/'));
    const starts = vendor.map(({startTime}) => startTime);
    const others = vendor.filter(({name}) => !/\/t1\.js/.test(name)).map(({startTime}) => startTime);
    const least = (list) => list.reduce((least, value) => Math.min(least, value), Infinity);
    const most = (list) => list.reduce((most, value) => Math.max(most, value), -Infinity);
    return {
      ...bench,
      executed: bench.executed.length,
      // Of those that end after the click, once there was one.
      longest: Math.max(
        0,
        most(
          bench.long.filter(([start, length]) => start + length >= bench.click).map(([, length]) => length),
        ),
      ),
      tbt: bench.long.reduce((sum, [, length]) => sum + Math.max(0, length - 50), 0),
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      vendorRequests: vendor.length,
      firstRequest: least(starts),
      lastRequest: most(starts),
      othersLastRequest: most(others),
      lastRun: most(bench.executed),
    };
  };
};
