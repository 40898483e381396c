'use strict';

const at = (id) => document.getElementById(id);
const seen = [];

// The page only watches what the plugin's calls bring back; it changes none of them.
const plainFetch = window.fetch;
window.fetch = async (...call) => {
  const answer = await plainFetch(...call);
  const address = new URL(call[0] instanceof Request ? call[0].url : call[0], location.href);
  if (address.pathname === '/request.php') {
    const text = await answer.clone().text();
    const wait = answer.headers.get('Retry-After');
    seen.push(answer.status + '  ' + text + (wait ? '\nRetry-After: ' + wait + ' seconds' : ''));
    at('browser').textContent = seen.join('\n');
  }
  return answer;
};

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (notJson) {
    return text || '–';
  }
};

const post = (address, body) => plainFetch(address, { method: 'POST', body: body === undefined ? undefined : JSON.stringify(body) });

const loadPlugin = () => new Promise((resolve, reject) => {
  if (window.OzLiveness) {
    resolve();
    return;
  }
  const script = document.createElement('script');
  script.src = '/plugin_liveness.php';
  script.onload = () => resolve();
  script.onerror = () => reject(new Error('The plugin script cannot be loaded.'));
  document.head.append(script);
});

const runCheck = () => new Promise((resolve) => {
  window.OzLiveness.open({
    lang: 'en',
    action: ['video_selfie_blank'],
    meta: { transaction_id: 'page-made-id', user_id: 'somebody-else' },
    standin: { media_bytes: 500000, poll_interval_ms: 300, capture_ms: 200 },
    on_complete: () => resolve({ text: 'The plugin says: finished. What came out, only the backend knows.', reached: true }),
    on_error: (error) => resolve({ text: 'The plugin says: ' + error.code + '. ' + error.message, reached: error.code !== 'attempts_exceeded' }),
  });
});

const showFacts = async () => {
  const current = await (await plainFetch('/transactions/current')).json();
  const facts = await (await plainFetch('/demo/facts?transaction_id=' + encodeURIComponent(current.transaction_id || ''))).json();
  at('adapter').textContent = pretty(facts.adapter);
  at('oz').textContent = pretty(JSON.stringify(facts.oz_metadata));
  at('backend').textContent = pretty(facts.backend);
};

at('controls').addEventListener('submit', async (event) => {
  event.preventDefault();
  at('start').disabled = true;
  seen.length = 0;
  ['adapter', 'browser', 'oz', 'backend'].forEach((side) => { at(side).textContent = '–'; });
  at('status').textContent = 'A check runs …';
  try {
    await post('/demo/sign-in/' + at('user').value);
    await post('/demo/scenario', { verdict: at('verdict').value, result_mode: at('mode').value, breakage: at('breakage').value });
    await loadPlugin();
    const said = await runCheck();
    if (said.reached) {
      await showFacts();
    } else {
      ['adapter', 'oz', 'backend'].forEach((side) => { at(side).textContent = 'Nothing: the adapter was never asked.'; });
    }
    at('status').textContent = said.text;
  } catch (problem) {
    at('status').textContent = problem.message;
  } finally {
    window.OzLiveness?.close();
    at('start').disabled = false;
  }
});
