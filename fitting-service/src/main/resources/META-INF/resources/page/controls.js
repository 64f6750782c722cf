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

/** A button with a sign or a word on it. @param label what it does, for people who point at it or hear it */
export function button(words, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
