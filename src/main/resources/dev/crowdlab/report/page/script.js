(function () {
  "use strict";
  var status = document.querySelector("[role=status]");

  function say(text) {
    status.textContent = text;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // Numbers within names count as numbers, in every reader's language.
  var names = new Intl.Collator("en", { numeric: true });

  // The whole id of a row, also where its cell leaves some of it out.
  function name(cell) {
    return cell.title || cell.querySelector(".id").textContent;
  }

  // Tables that can be sorted: within each group, stable, and back to the given order with the third click.
  document.querySelectorAll("table.sortable").forEach(function (table) {
    var groups = Array.prototype.map.call(table.tBodies, function (body) {
      var rows = Array.prototype.slice.call(body.rows, body.rows[0] && body.rows[0].className === "group" ? 1 : 0);
      var more = rows.findIndex(function (row) { return row.classList.contains("more-rows"); });
      return { body: body, rows: rows, first: more < 0 ? rows.length : more };
    });
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);

    function value(row, column, isNumber) {
      var cell = row.cells[column];
      return isNumber ? (cell.dataset.v === "" ? null : Number(cell.dataset.v)) : name(cell);
    }

    function compare(column, isNumber, sign) {
      return function (a, b) {
        var x = value(a, column, isNumber), y = value(b, column, isNumber);
        if (x === null || y === null) return (x === null) - (y === null);
        return sign * (isNumber ? (x < y ? -1 : x > y ? 1 : 0) : names.compare(x, y));
      };
    }

    function sort(head, column, direction) {
      var isNumber = head.dataset.sort === "number";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      groups.forEach(function (group) {
        var rows = group.rows.slice();
        if (direction) rows.sort(compare(column, isNumber, direction === "ascending" ? 1 : -1));
        rows.forEach(function (row, place) {
          if (group.first < rows.length) row.className = place < group.first ? "" : "screen more-rows";
          group.body.appendChild(row);
        });
      });
      var name = head.firstChild.textContent.toLowerCase();
      if (direction) head.setAttribute("aria-sort", direction);
      say(direction ? "Sorted by " + name + ", " + direction : "Back in the given order");
    }

    heads.forEach(function (head, column) {
      if (!head.dataset.sort) return;
      var button = element("button", "", head.textContent);
      button.type = "button";
      var inPrint = element("span", "in-print", head.textContent);
      head.textContent = "";
      head.appendChild(button);
      head.appendChild(inPrint);
      var order = head.dataset.sort === "number" ? ["descending", "ascending", ""] : ["ascending", "descending", ""];
      button.addEventListener("click", function () {
        sort(head, column, order[(order.indexOf(head.getAttribute("aria-sort") || "") + 1) % 3]);
      });
    });

    groups.forEach(fold);
    var rowCount = groups.reduce(function (sum, group) { return sum + group.rows.length; }, 0);
    if (rowCount > 10) addFind(table, groups);
  });

  // Of a long group without anything remarkable the first rows are shown until somebody asks for all.
  function fold(group) {
    if (group.first >= group.rows.length) return;
    var all = "Show all " + count(group.rows.length), first = "Show the first " + group.first;
    var button = element("button", "fold", all);
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    group.body.rows[0].cells[0].appendChild(button);
    group.body.classList.add("folded");
    button.addEventListener("click", function () {
      var isFolded = group.body.classList.toggle("folded");
      button.textContent = isFolded ? all : first;
      button.setAttribute("aria-expanded", String(!isFolded));
    });
  }

  function addFind(table, groups) {
    var label = element("label", "find", "Find annotator");
    var field = element("input");
    field.type = "search";
    field.autocomplete = "off";
    label.appendChild(field);
    var region = table.closest(".scroll");
    region.parentNode.insertBefore(label, region);
    field.addEventListener("input", function () {
      var wanted = field.value.trim().toLowerCase(), found = 0;
      table.classList.toggle("finding", wanted !== "");
      groups.forEach(function (group) {
        var inGroup = 0;
        group.rows.forEach(function (row) {
          var isFound = name(row.cells[0]).toLowerCase().indexOf(wanted) >= 0;
          row.classList.toggle("gone", !isFound);
          inGroup += isFound ? 1 : 0;
        });
        group.body.classList.toggle("gone", wanted !== "" && inGroup === 0);
        found += inGroup;
      });
      say(wanted === "" ? "" : found + (found === 1 ? " annotator" : " annotators") + " found");
    });
  }

  // The picker: the classes of one annotator in the place of all.
  var source = document.getElementById("picker-data");
  if (source) addPicker(JSON.parse(source.textContent));

  function count(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function percent(part, whole) {
    if (!part) return "\u2013";
    var share = 100 * part / whole;
    if (share < 0.1) return "under 0.1\u202f%";
    return (share < 0.5 ? share.toFixed(1) : part < whole && share >= 99.5 ? "over 99" : String(Math.round(share))) + "\u202f%";
  }

  function bdi(text) {
    return element("bdi", "id", text);
  }

  function addPicker(data) {
    var section = document.getElementById("classes");
    var saying = section.querySelector(".saying");
    var matrix = document.getElementById("matrix");
    var list = document.getElementById("mix-ups");
    var given = {
      saying: saying.innerHTML,
      matrix: matrix && matrix.tBodies[0].innerHTML,
      list: list && list.tBodies[0].innerHTML
    };
    var label = element("label", "picker", "Show");
    var select = element("select");
    select.appendChild(element("option", "", "all annotators"));
    data.annotators.forEach(function (annotator) {
      select.appendChild(element("option", "", annotator[0]));
    });
    label.appendChild(select);
    saying.parentNode.insertBefore(label, saying.nextSibling);
    select.addEventListener("change", function () {
      var annotator = data.annotators[select.selectedIndex - 1];
      if (annotator) {
        show(annotator);
        say("Showing the classes of " + annotator[0]);
      } else {
        saying.innerHTML = given.saying;
        if (matrix) matrix.tBodies[0].innerHTML = given.matrix;
        if (list) list.tBodies[0].innerHTML = given.list;
        say("Showing all annotators");
      }
    });

    function show(annotator) {
      var cells = [], rows = {};
      for (var i = 1; i < annotator.length; i += 3) {
        cells.push({ consensus: annotator[i], given: annotator[i + 1], labels: annotator[i + 2] });
        rows[annotator[i]] = (rows[annotator[i]] || 0) + annotator[i + 2];
      }
      var mixUps = cells.filter(function (cell) { return cell.consensus !== cell.given; });
      showSaying(annotator[0], mixUps, rows);
      if (matrix) showMatrix(cells);
      if (list) showList(mixUps, rows);
    }

    function showSaying(name, mixUps, rows) {
      saying.textContent = "";
      saying.appendChild(bdi(name));
      if (!mixUps.length) {
        saying.appendChild(document.createTextNode(" always says what the consensus says."));
        return;
      }
      var most = mixUps[0];
      saying.appendChild(document.createTextNode(" says \u201c"));
      saying.appendChild(bdi(data.classes[most.given]));
      saying.appendChild(document.createTextNode("\u201d in " + percent(most.labels, rows[most.consensus]) + " of cases where the consensus is \u201c"));
      saying.appendChild(bdi(data.classes[most.consensus]));
      saying.appendChild(document.createTextNode("\u201d."));
    }

    function showMatrix(cells) {
      var size = data.matrix, sums = [], largest = 0.05;
      for (var i = 0; i < size; i++) sums.push(new Array(size).fill(0));
      cells.forEach(function (cell) {
        sums[Math.min(cell.consensus, size - 1)][Math.min(cell.given, size - 1)] += cell.labels;
      });
      var totals = sums.map(function (row) { return row.reduce(function (a, b) { return a + b; }, 0); });
      sums.forEach(function (row, i) {
        row.forEach(function (labels, j) { if (i !== j && totals[i]) largest = Math.max(largest, labels / totals[i]); });
      });
      sums.forEach(function (row, i) {
        var body = matrix.tBodies[0].rows[i];
        row.forEach(function (labels, j) {
          var cell = body.cells[j + 1];
          var step = totals[i] ? Math.min(6, Math.ceil(6 * labels / totals[i] / largest - 1e-9)) : 0;
          cell.className = i === j ? "same" : "m" + step;
          cell.textContent = percent(labels, totals[i]);
          cell.appendChild(element("small", "", count(labels)));
        });
        body.cells[size + 1].textContent = count(totals[i]);
      });
    }

    function showList(mixUps, rows) {
      var body = list.tBodies[0];
      body.textContent = "";
      mixUps.slice(0, 8).forEach(function (cell) {
        var row = body.insertRow();
        var head = element("th");
        head.scope = "row";
        var name = element("b");
        name.appendChild(bdi(data.classes[cell.given]));
        head.appendChild(name);
        head.appendChild(document.createTextNode(" for "));
        head.appendChild(bdi(data.classes[cell.consensus]));
        row.appendChild(head);
        row.appendChild(element("td", "n", count(cell.labels)));
        row.appendChild(element("td", "n", percent(cell.labels, rows[cell.consensus])));
        var picture = row.insertCell();
        var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        svg.setAttribute("width", "56");
        svg.setAttribute("height", "10");
        svg.setAttribute("aria-hidden", "true");
        var bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        bar.setAttribute("class", "wrong");
        bar.setAttribute("height", "10");
        bar.setAttribute("width", String(Math.round(56 * cell.labels / mixUps[0].labels)));
        svg.appendChild(bar);
        picture.appendChild(svg);
      });
    }
  }
})();
