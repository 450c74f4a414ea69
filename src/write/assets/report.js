// SPDX-License-Identifier: MIT
// The comparison page: filters by class, only the changes or the whole text,
// a key for each step.  The page is complete without it.
(function () {
  'use strict';
  var sections = Array.prototype.slice.call(document.querySelectorAll('section[data-class]'));
  var entries = {};
  var at = -1;
  var keys = true;

  document.querySelectorAll('nav li').forEach(function (li) {
    entries[li.getAttribute('data-for')] = li;
  });

  function shown() {
    return sections.filter(function (s) {
      return !s.classList.contains('gone') && s.getAttribute('data-changed') === '1';
    });
  }

  function filter() {
    var on = {};
    var counted = 0;
    document.querySelectorAll('input[name=class]').forEach(function (box) {
      on[box.value] = box.checked;
    });
    sections.forEach(function (s) {
      var changed = s.getAttribute('data-changed') === '1';
      var gone = changed && !on[s.getAttribute('data-class')];
      s.classList.toggle('gone', gone);
      if (changed && !gone) counted += 1;
      if (entries[s.id]) entries[s.id].classList.toggle('gone', gone);
    });
    document.getElementById('count').textContent = String(counted);
  }

  function only() {
    document.body.classList.toggle('only', document.getElementById('only').checked);
  }

  function go(step) {
    var list = shown();
    if (list.length === 0) return;
    sections.forEach(function (s) { s.classList.remove('now'); });
    Object.keys(entries).forEach(function (id) { entries[id].classList.remove('now'); });
    at = Math.max(0, Math.min(list.length - 1, at + step));
    list[at].classList.add('now');
    if (entries[list[at].id]) {
      entries[list[at].id].classList.add('now');
      entries[list[at].id].scrollIntoView({ block: 'nearest' });
    }
    list[at].scrollIntoView({ block: 'start' });
    list[at].focus({ preventScroll: true });
  }

  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox';
  }

  document.addEventListener('keydown', function (e) {
    if (!keys || e.isComposing || e.ctrlKey || e.altKey || e.metaKey || typing(e.target)) return;
    if (e.key === 'j' || e.key === 'n') go(1);
    else if (e.key === 'k' || e.key === 'p') go(-1);
    else if (e.key === 'v') { document.getElementById('only').click(); }
    else if (e.key === '?') document.getElementById('help').showModal();
    else return;
    e.preventDefault();
  });

  document.querySelectorAll('input[name=class]').forEach(function (box) {
    box.addEventListener('change', filter);
  });
  document.getElementById('only').addEventListener('change', only);
  document.getElementById('keys').addEventListener('change', function (e) { keys = e.target.checked; });
  document.getElementById('close').addEventListener('click', function () {
    document.getElementById('help').close();
  });
  document.querySelectorAll('.script').forEach(function (e) { e.classList.remove('gone'); });
  only();
  filter();
}());
