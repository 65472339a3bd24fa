(function () {
  var graph = document.getElementById('lineage-graph');
  if (!graph) { return; }
  var edges = Array.prototype.slice.call(graph.querySelectorAll('.edge'));
  function dim() {
    graph.classList.remove('lighting');
    Array.prototype.forEach.call(graph.querySelectorAll('.lit'), function (part) { part.classList.remove('lit'); });
  }
  function light(column) {
    dim();
    graph.classList.add('lighting');
    column.classList.add('lit');
    edges.forEach(function (edge) {
      if (edge.dataset.from === column.id || edge.dataset.to === column.id) {
        edge.classList.add('lit');
        document.getElementById(edge.dataset.from).classList.add('lit');
        document.getElementById(edge.dataset.to).classList.add('lit');
      }
    });
  }
  Array.prototype.forEach.call(graph.querySelectorAll('.column'), function (column) {
    column.addEventListener('mouseenter', function () { light(column); });
    column.addEventListener('mouseleave', dim);
    column.addEventListener('focus', function () { light(column); });
    column.addEventListener('blur', dim);
  });
  document.addEventListener('keydown', function (key) { if (key.key === 'Escape') { dim(); } });
})();
