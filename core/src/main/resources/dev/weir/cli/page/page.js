// Keeps the figures fresh without reloading the page; chosen check boxes and the place on the page stay.
(function () {
  const seconds = Number(document.body.dataset.refresh);
  if (!seconds) return;
  const update = async () => {
    try {
      const text = await (await fetch(location.href, {credentials: 'same-origin'})).text();
      const fresh = new DOMParser().parseFromString(text, 'text/html');
      document.querySelectorAll('section.process dl, section.proxy tbody tr').forEach((old, i) => {
        const now = fresh.querySelectorAll('section.process dl, section.proxy tbody tr')[i];
        if (!now) return;
        const box = old.querySelector('input[type=checkbox]'), nowBox = now.querySelector('input[type=checkbox]');
        if (box && nowBox) nowBox.checked = box.checked;
        if (old.innerHTML !== now.innerHTML || old.className !== now.className) old.replaceWith(now);
        if (nowBox && box) nowBox.checked = box.checked;
      });
    } catch (e) { /* the proxy may be restarting: the next round tries again */ }
  };
  setInterval(update, seconds * 1000);
})();
