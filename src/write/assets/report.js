// SPDX-License-Identifier: MIT
// The comparison page: filters by class, only the changes or the whole text,
// a key for each step.  The page is complete without it.
(function () {
  'use strict';
  var sections = Array.prototype.slice.call(document.querySelectorAll('section[data-class]'));
  var entries = {};
  var current = null;
  var keys = true;
  var help = document.getElementById('help');
  var bar = document.querySelector('.tools');

  document.querySelectorAll('nav li').forEach(function (li) {
    entries[li.getAttribute('data-for')] = li;
  });

  function isShown(s) {
    return !s.classList.contains('gone') && s.getAttribute('data-changed') === '1';
  }

  function filter() {
    var on = {};
    var counted = 0;
    document.querySelectorAll('input[name=class]').forEach(function (box) {
      on[box.value] = box.checked;
    });
    sections.forEach(function (s) {
      var changed = s.getAttribute('data-changed') === '1';
      var gone = changed && !s.getAttribute('data-class').split(' ').some(function (c) {
        return on[c];
      });
      s.classList.toggle('gone', gone);
      if (changed && !gone) counted += 1;
      if (entries[s.id]) entries[s.id].classList.toggle('gone', gone);
    });
    document.getElementById('count').textContent = String(counted);
  }

  function only() {
    document.body.classList.toggle('only', document.getElementById('only').checked);
    if (current) current.scrollIntoView({ block: 'start' });
  }

  function mark(section) {
    if (current) {
      current.classList.remove('now');
      if (entries[current.id]) entries[current.id].classList.remove('now');
    }
    current = section;
    current.classList.add('now');
    if (entries[current.id]) {
      entries[current.id].classList.add('now');
      entries[current.id].scrollIntoView({ block: 'nearest' });
    }
  }

  // From where the reader is, also when that is filtered out now.
  function go(step) {
    var i = current ? sections.indexOf(current) : -1;
    do i += step; while (i >= 0 && i < sections.length && !isShown(sections[i]));
    if (i < 0 || i >= sections.length) return;
    mark(sections[i]);
    current.scrollIntoView({ block: 'start' });
    current.focus({ preventScroll: true });
  }

  // The bar may have more lines than one; what sticks below it must know.
  function measure() {
    document.documentElement.style.setProperty('--bar', bar.offsetHeight + 'px');
  }

  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test(target.type);
  }

  // Ticks and decisions stay in this browser, for a list of this content.
  var key = document.getElementById('main').getAttribute('data-key');
  var ticks = Array.prototype.slice.call(document.querySelectorAll('[data-tick]'));
  var choices = Array.prototype.slice.call(document.querySelectorAll('.choices input'));

  function showTicks() {
    ticks.forEach(function (box) {
      var section = box.closest('section');
      section.classList.toggle('done', box.checked);
      if (entries[section.id]) entries[section.id].classList.toggle('done', box.checked);
    });
    document.getElementById('done').textContent = String(ticks.filter(function (box) { return box.checked; }).length);
  }

  function keep() {
    var state = { ticks: [], choices: {} };
    ticks.forEach(function (box) { if (box.checked) state.ticks.push(box.getAttribute('data-tick')); });
    choices.forEach(function (c) { if (c.checked) state.choices[c.name] = c.value; });
    try { localStorage.setItem('kaitei-' + key, JSON.stringify(state)); } catch (e) { /* none to keep it in */ }
    showTicks();
  }

  function restore() {
    var state = null;
    try { state = JSON.parse(localStorage.getItem('kaitei-' + key)); } catch (e) { /* as if never ticked */ }
    if (state) {
      ticks.forEach(function (box) { box.checked = state.ticks.indexOf(box.getAttribute('data-tick')) >= 0; });
      choices.forEach(function (c) { c.checked = state.choices[c.name] === c.value; });
    }
    showTicks();
  }

  function tick() {
    var box = current && current.querySelector('[data-tick]');
    if (box) box.click();
  }

  document.addEventListener('keydown', function (e) {
    if (!keys || help.open || e.isComposing || e.ctrlKey || e.altKey || e.metaKey || typing(e.target)) return;
    if (e.key === 'j' || e.key === 'n') go(1);
    else if (e.key === 'k' || e.key === 'p') go(-1);
    else if (e.key === 'v') document.getElementById('only').click();
    else if (e.key === 'x' && key) tick();
    else if (e.key === '?') help.showModal();
    else return;
    e.preventDefault();
  });

  document.querySelectorAll('input[name=class]').forEach(function (box) {
    box.addEventListener('change', filter);
  });
  document.getElementById('only').addEventListener('change', only);
  document.getElementById('keys').addEventListener('change', function (e) { keys = e.target.checked; });
  document.getElementById('close').addEventListener('click', function () { help.close(); });
  document.querySelector('nav').addEventListener('click', function (e) {
    var li = e.target.closest('li');
    if (li) mark(document.getElementById(li.getAttribute('data-for')));
  });
  if (key) {
    ticks.concat(choices).forEach(function (box) { box.addEventListener('change', keep); });
    restore();
  }
  window.addEventListener('resize', measure);
  document.querySelectorAll('.script').forEach(function (e) { e.classList.remove('gone'); });
  only();
  filter();
  measure();
}());
