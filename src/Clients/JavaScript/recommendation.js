/*! recommendation.js, Apache-2.0: lists, impressions and clicks for pages. See docs/browser.md. */
(function (root) {
  'use strict';

  var STORED = 'recommendation.anonymousId';
  var VISIBLE_MS = 1000; // An item counts as seen when half of it was on screen for so long.
  var BATCH_MS = 1000;
  var MAX_QUEUE = 500; // While the server is away the oldest entries are dropped.
  var MAX_BATCH = 50; // A beacon holds 64 KiB.
  var RETRY_MS = [1000, 4000, 16000];
  var ANONYMOUS = /^anon-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

  var doc = root.document;
  var script = doc && doc.currentScript;

  function uuid() {
    if (root.crypto.randomUUID) return root.crypto.randomUUID(); // Pages without HTTPS have none.
    var bytes = root.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  // Storage may be switched off, and then throws.
  function stored(change) {
    try { return change(root.localStorage); } catch (e) { return null; }
  }

  function create(options) {
    if (!options || !options.key) throw new Error('recommendation.js needs a key: `recommend keys create --role browser`.');
    var base = options.url || (script && script.src) || root.location.href;
    var consent = false, id = options.anonymousId || null, given = !!id; // The shop's server keeps an id that it gives.
    if (given && !ANONYMOUS.test(id)) throw new Error("anonymousId is 'anon-' and a random UUID in small letters.");
    var queue = [], sending = [], timer = 0, attempt = 0;
    var seen = new Set(), inside = new Map(), watched = [];

    function address(route) {
      return new URL('/v1/browser/' + route + '?key=' + encodeURIComponent(options.key), base).href;
    }

    /** Keeps the visitor's id in the browser, or forgets what was kept. */
    function setConsent(agreed) {
      if (given) return;
      consent = !!agreed;
      if (!consent) {
        if (stored(function (s) { var had = s.getItem(STORED); s.removeItem(STORED); return had; }) === id) renew();
        return;
      }
      var known = stored(function (s) { return s.getItem(STORED); });
      if (known && ANONYMOUS.test(known) && known !== id) { beacon(); id = known; }
      stored(function (s) { s.setItem(STORED, anonymousId()); });
    }

    function anonymousId() { return id || (id = 'anon-' + uuid()); }

    /** Makes the visitor somebody new, as after a logout. */
    function renew() {
      beacon();
      id = null;
      seen.clear();
      if (consent) stored(function (s) { s.setItem(STORED, anonymousId()); });
    }

    function add(entry) {
      entry.at = Date.now();
      queue.push(entry);
      if (queue.length > MAX_QUEUE) queue.splice(0, queue.length - MAX_QUEUE);
      schedule(BATCH_MS);
    }

    function schedule(ms) { if (!timer) timer = setTimeout(flush, ms); }

    // Times are told as ages, since the visitor's clock may be wrong.
    function body(entries) {
      var now = Date.now(), lists = Object.create(null), events = [];
      entries.forEach(function (e) {
        var ago = Math.min(Math.max(0, now - e.at), 86400000);
        if (e.type) {
          events.push({ eventId: e.eventId, itemId: e.itemId, type: e.type, recommendationId: e.list || null, ago: ago });
        } else {
          (lists[e.list] = lists[e.list] || { recommendationId: e.list, items: [], ago: ago }).items.push(e.itemId);
        }
      });
      return JSON.stringify({
        anonymousId: anonymousId(), events: events, impressions: Object.keys(lists).map(function (l) { return lists[l]; })
      });
    }

    /** Sends what waits, now. */
    function flush() {
      clearTimeout(timer);
      timer = 0;
      if (sending.length || !queue.length) return Promise.resolve();
      sending = queue.splice(0, MAX_BATCH);
      return fetch(address('events'), { method: 'POST', body: body(sending), keepalive: true, credentials: 'omit' })
        .then(function (answer) {
          if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
        })
        .then(function () {
          attempt = 0;
          sending = [];
          if (queue.length) return flush();
        }, function () {
          // Sending again is harmless: events and impressions have ids.
          if (attempt < RETRY_MS.length) {
            queue = sending.concat(queue);
            sending = [];
            schedule(RETRY_MS[attempt++]);
          } else {
            attempt = 0;
            sending = [];
            if (queue.length) schedule(BATCH_MS);
          }
        });
    }

    // The page may end at any moment: also what is on its way is sent again.
    function beacon() {
      var all = sending.concat(queue);
      while (all.length) {
        var batch = all.slice(0, MAX_BATCH);
        if (!root.navigator.sendBeacon || !root.navigator.sendBeacon(address('events'), body(batch))) break;
        all = all.slice(MAX_BATCH);
      }
      queue = all;
    }

    function event(type, itemId, list) {
      add({ type: type, itemId: String(itemId), list: list, eventId: uuid() });
    }

    function impression(itemId, list) {
      var key = list + '\n' + itemId;
      if (!list || seen.has(key)) return;
      seen.add(key);
      add({ itemId: String(itemId), list: list });
    }

    function listOf(element) {
      var list = element.closest('[data-recommendation-id]');
      return list ? list.getAttribute('data-recommendation-id') : null;
    }

    function start(element) {
      clearTimeout(inside.get(element));
      inside.set(element, doc.visibilityState === 'hidden' ? 0 : setTimeout(function () {
        impression(element.getAttribute('data-item-id'), listOf(element));
        if (observer) observer.unobserve(element);
        inside.delete(element);
      }, VISIBLE_MS));
    }

    var observer = root.IntersectionObserver && new IntersectionObserver(function (entries) {
      entries.forEach(function (e) {
        // What is taller than the window never shows half of itself.
        if (e.isIntersecting && (e.intersectionRatio >= 0.5 || e.intersectionRect.height >= root.innerHeight / 2)) {
          if (!inside.has(e.target)) start(e.target);
        } else {
          clearTimeout(inside.get(e.target));
          inside.delete(e.target);
        }
      });
    }, { threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] });

    function observe(element) {
      if (!observer || !element.querySelectorAll) return;
      var items = Array.from(element.querySelectorAll('[data-item-id]'));
      if (element.hasAttribute && element.hasAttribute('data-item-id')) items.push(element);
      items.filter(listOf).forEach(function (item) { observer.observe(item); });
    }

    function clicked(e) {
      if (e.type === 'auxclick' && e.button !== 1) return;
      var item = e.target.closest && e.target.closest('[data-item-id]');
      if (item && listOf(item)) event('click', item.getAttribute('data-item-id'), listOf(item));
    }

    /** Watches the lists of a part of the page, also those that come later. */
    function watch(element) {
      element = element || doc;
      if (watched.indexOf(element) >= 0) return client;
      watched.push(element);
      observe(element);
      element.addEventListener('click', clicked, true);
      element.addEventListener('auxclick', clicked, true);
      new MutationObserver(function (changes) {
        changes.forEach(function (change) {
          if (change.type === 'attributes') observe(change.target);
          else change.addedNodes.forEach(observe);
        });
      }).observe(element, {
        childList: true, subtree: true, attributes: true, attributeFilter: ['data-item-id', 'data-recommendation-id']
      });
      return client;
    }

    /** Asks for a list of a scenario. */
    function recommend(scenario, more) {
      var wanted = Object.assign({}, more, { scenario: scenario, anonymousId: anonymousId() });
      return fetch(address('recommendations'), { method: 'POST', body: JSON.stringify(wanted), credentials: 'omit' })
        .then(function (answer) {
          return answer.json().then(function (json) {
            if (answer.ok) return json;
            throw Object.assign(new Error(json.detail || answer.status), { status: answer.status, code: json.code });
          });
        });
    }

    if (doc) {
      doc.addEventListener('visibilitychange', function () {
        var hidden = doc.visibilityState === 'hidden';
        inside.forEach(function (running, element) {
          if (hidden) { clearTimeout(running); inside.set(element, 0); } else start(element);
        });
        if (hidden) beacon();
      });
      root.addEventListener('pagehide', beacon);
    }

    var client = {
      get anonymousId() { return anonymousId(); },
      setConsent: setConsent, renew: renew, recommend: recommend, watch: watch, event: event, impression: impression,
      flush: flush
    };
    // Without it what is kept stays: the visitor may have agreed before, and the page may say so later.
    if (options.consent) setConsent(true);
    return client;
  }

  root.Recommendation = { create: create };
  if (script && script.dataset.key) {
    root.Recommendation.client = create({
      key: script.dataset.key, consent: script.dataset.consent === 'true', anonymousId: script.dataset.anonymousId
    });
    root.Recommendation.client.watch();
  }
})(globalThis);
