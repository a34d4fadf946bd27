// Keeps the figures fresh without reloading the page; chosen check boxes and the place on the page stay.
(function () {
  const seconds = Number(document.body.dataset.refresh);
  const button = document.createElement('button');
  button.type = 'button';
  document.querySelector('nav').append(button);
  let isLive = seconds > 0, isLost = false;
  const show = () => {
    button.textContent = isLive ? (isLost ? 'No answer' : 'Live') : 'Paused';
    button.className = isLive ? (isLost ? 'lost' : 'live') : '';
    button.title = isLive ? 'Stop refreshing' : 'Refresh every ' + (seconds || 5) + ' seconds';
  };
  const keys = root => [...root.querySelectorAll('tr[data-key]')].map(row => row.dataset.key).join('\n');
  const boxes = row => row.querySelector('input[type=checkbox]');
  const swap = (old, now) => {
    const box = boxes(old), nowBox = boxes(now);
    if (box && nowBox) nowBox.checked = box.checked;
    if (old.className !== now.className || old.innerHTML !== now.innerHTML) old.replaceWith(now);
  };
  const replaceProxies = fresh => { // proxies or servers have come or gone
    const chosen = new Set([...document.querySelectorAll('tr[data-key]')]
      .filter(row => boxes(row) && boxes(row).checked).map(row => row.dataset.key));
    const actions = new Map([...document.querySelectorAll('section.proxy')]
      .map(proxy => [proxy.id, proxy.querySelector('select')]));
    fresh.querySelectorAll('tr[data-key]').forEach(row => { if (boxes(row)) boxes(row).checked = chosen.has(row.dataset.key); });
    fresh.querySelectorAll('section.proxy').forEach(proxy => {
      const action = proxy.querySelector('select');
      if (action && actions.get(proxy.id)) action.value = actions.get(proxy.id).value;
    });
    document.querySelectorAll('section.proxy').forEach(old => old.remove());
    document.querySelector('main').append(...fresh.querySelectorAll('section.proxy'));
  };
  const update = async () => {
    if (!isLive || document.hidden) return;
    try {
      const answer = await fetch(location.href, {credentials: 'same-origin', cache: 'no-store'});
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      isLost = !answer.ok || !fresh.querySelector('section.process');
      if (!isLost && keys(fresh) !== keys(document)) replaceProxies(fresh);
      if (!isLost) {
        document.querySelector('section.process dl').replaceWith(fresh.querySelector('section.process dl'));
        const rows = fresh.querySelectorAll('tr[data-key]');
        document.querySelectorAll('tr[data-key]').forEach((old, i) => rows[i] && swap(old, rows[i]));
      }
    } catch (e) {
      isLost = true; // the proxy may be restarting: the next round tries again
    }
    show();
  };
  button.addEventListener('click', () => { isLive = !isLive; isLost = false; show(); update(); });
  show();
  setInterval(update, (seconds || 5) * 1000);
})();
