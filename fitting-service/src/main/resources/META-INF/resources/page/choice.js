// Which runs are drawn: all but some, or some alone. What is chosen never changes; each step makes another choice.

/** All runs, those that come later among them. */
export const ALL = { only: false, ids: new Set() };

/** @param choice {only, ids}: ids are those that are drawn, or those that are not */
export function isChosen(choice, id) {
  return choice.ids.has(id) === choice.only;
}

/** The choice with these runs drawn or not. */
export function choose(choice, ids, drawn) {
  const changed = new Set(choice.ids);
  for (const id of ids) {
    if (drawn === choice.only) changed.add(id);
    else changed.delete(id);
  }
  return { only: choice.only, ids: changed };
}

/** As text for a link; empty where all are drawn. @param known ids of the runs that there are */
export function choiceText(choice, known) {
  const drawn = known.filter((id) => isChosen(choice, id));
  if (drawn.length === known.length) return "";
  return choice.only || drawn.length < known.length / 2 ? `only:${drawn.join(",")}` : `not:${known.filter((id) => !isChosen(choice, id)).join(",")}`;
}

export function choiceOf(text) {
  const found = /^(only|not):(.*)$/.exec(text ?? "");
  return found ? { only: found[1] === "only", ids: new Set(found[2].split(",").filter(Boolean)) } : ALL;
}
