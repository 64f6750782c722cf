// Controls that offer what the data have.

/** Fills a selection where it offers something else, and selects. @param choices [[value, words]] */
export function offer(id, choices, selected) {
  const select = document.getElementById(id);
  const said = choices.map(([value]) => value).join("\n");
  if (select.dataset.said !== said) {
    select.dataset.said = said;
    select.replaceChildren(...choices.map(([value, words]) => new Option(words, value)));
  }
  select.value = selected;
}
