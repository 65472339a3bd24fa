window.addEventListener('load', function () {
  var found = [];
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function say(text, holds, why) { found.push('visit: ' + (holds ? text : 'NOT: ' + text + ' ' + why)); }
  function column(title) { return all('.column').filter(function (c) { return c.querySelector('title').textContent.indexOf(title) === 0; })[0]; }
  function lit() { return all('.column.lit').map(function (c) { return c.querySelector('title').textContent.split(/[ :]/)[0]; }).sort().join(' '); }

  // the index has no lineage
  if (document.getElementById('lineage-graph')) {
    column('total_amount').dispatchEvent(new MouseEvent('mouseenter'));
    say('total_amount lights price, quantity and itself', lit() === 'sales.price sales.quantity total_amount', lit());
    column('total_amount').dispatchEvent(new MouseEvent('mouseleave'));
    column('sales.customer_id').focus();
    say('customer_id of the sales lights what it makes and what it decides', lit() === 'customer_id filter join sales.customer_id', lit());
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    say('escape puts the lights out', lit() === '' && !document.querySelector('.lighting'), lit());
    var columns = all('#lineage-graph .column[tabindex="0"]').length;
    say('tab reaches all 27 columns', columns === 27, columns);
  }
  var nameless = all('svg, [role=img], [role=group]').filter(function (p) { return !p.getAttribute('aria-label'); }).length;
  say('every picture has a name', nameless === 0, nameless);
  // in this copy nothing but escaping keeps scripts of the data from it
  say('no data has taken the title', document.title.indexOf('enriched · ') === 0, document.title);

  function channels(colour) { return colour.match(/[0-9.]+/g).map(Number); }
  function light(colour) {
    var c = channels(colour).slice(0, 3).map(function (v) { v = v / 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
  }
  function back(element) {
    for (; element; element = element.parentElement) {
      var b = getComputedStyle(element).backgroundColor;
      if (channels(b)[3] !== 0) { return b; }
    }
    return 'rgb(255, 255, 255)';
  }
  all('details').forEach(function (d) { d.open = true; });
  var weak = all('h1, h2, p, th, td, dd, dt, caption, summary, code, figcaption, b, li, text').filter(function (e) {
    var style = getComputedStyle(e);
    var svg = e.namespaceURI.indexOf('svg') > 0;
    var panel = document.querySelector('.account');
    var behind = svg && panel ? getComputedStyle(panel).backgroundColor : back(e);
    var a = light(svg ? style.fill : style.color), b = light(behind);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  });
  say('every text has contrast', weak.length === 0, weak.map(function (e) { return e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 20); }).slice(0, 5).join('; '));

  // the rules of WCAG A and AA, and what axe-core calls good practice
  axe.run(document, { resultTypes: ['violations'] }).then(function (results) {
    say('axe-core finds nothing', results.violations.length === 0, results.violations.map(function (violation) {
      return violation.id + ' (' + violation.nodes.slice(0, 3).map(function (node) { return node.target.join(' '); }).join(', ') + ')';
    }).join('; '));
  }).catch(function (failure) { say('axe-core finds nothing', false, failure); }).then(function () {
    var pre = document.createElement('pre');
    pre.id = 'visit';
    pre.textContent = '\n' + found.join('\n') + '\n';
    document.body.appendChild(pre);
  });
});
