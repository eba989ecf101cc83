// Every word must begin a word of the section; the title and the heading count more than the text.
// The index is as large as all pages together: it is read when somebody begins to search.
let sections = null;
const form = document.querySelector('form');
const field = document.getElementById('search');
const list = document.getElementById('results');
const escape = word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function find(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).map(word => new RegExp('(^|[^\\p{L}\\p{N}])' + escape(word), 'iu'));
  if (!words.length) return [];
  return sections
    .map(section => {
      const [title, heading, , text] = section;
      let score = 0;
      for (const word of words) {
        const found = (word.test(heading) ? 5 : 0) + (word.test(title) ? 3 : 0) + (word.test(text) ? 1 : 0);
        if (!found) return null;
        score += found;
      }
      return { section, score };
    })
    .filter(Boolean)
    .sort((a, b) => b.score - a.score)
    .slice(0, 12)
    .map(hit => ({ section: hit.section, word: words[0] }));
}

function load() {
  if (sections) return;
  sections = [];
  const index = document.createElement('script');
  index.src = 'index.js';
  index.onload = () => { sections = allSections; show(); };
  document.head.append(index);
}

function show() {
  load();
  const hits = find(field.value);
  list.replaceChildren(...hits.map(({ section: [title, heading, address, text], word }) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = address;
    link.textContent = heading === title ? title : `${title}: ${heading}`;
    const part = document.createElement('small');
    const at = Math.max(0, text.search(word) - 40);
    part.textContent = (at ? '… ' : '') + text.slice(at, at + 140);
    item.append(link, part);
    return item;
  }));
  if (field.value.trim() && !hits.length) list.textContent = `No page has “${field.value.trim()}”.`;
  list.hidden = !field.value.trim();
}

form.hidden = false;
form.addEventListener('submit', event => {
  event.preventDefault();
  list.querySelector('a')?.click();
});
field.addEventListener('focus', load);
field.addEventListener('input', show);
addEventListener('keydown', event => {
  if (event.key === 'Escape') { field.value = ''; show(); }
});
list.addEventListener('click', () => { field.value = ''; show(); });
// on a phone the pages are one tap away, not a screen before the text
if (matchMedia('(max-width: 800px)').matches) document.querySelector('nav details').open = false;
