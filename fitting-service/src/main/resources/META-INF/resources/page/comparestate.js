// What is compared, as text in the address: a link shows the same again.

/** Members of one comparison. */
export const MOST = 8;

const SCALES = ["log", "linear"];

/** A member is the key of the service: ID, of which all families take part, or ID:FAMILY; ids have no colon. */
export function memberOf(key) {
  const colon = key.indexOf(":");
  return colon < 0 ? { study: key, family: null } : { study: key.slice(0, colon), family: key.slice(colon + 1) };
}

/** What an address asks for: {members: [key], budget: FLOPs or null, xScale, yScale}. @param hash location.hash */
export function stateOf(hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const budget = Number(params.get("budget") ?? NaN);
  return {
    members: [...new Set(params.getAll("study").filter(Boolean))].slice(0, MOST),
    budget: budget > 0 && Number.isFinite(budget) ? budget : null,
    xScale: scaleOf(params.get("xs")),
    yScale: scaleOf(params.get("ys")),
  };
}

function scaleOf(text) {
  return SCALES.includes(text) ? text : SCALES[0];
}

/** A budget as 1e18, for addresses and fields; empty where none is asked. */
export function budgetText(budget) {
  return budget == null ? "" : budget.toExponential().replace("+", "");
}

export function hashOf({ members, budget, xScale, yScale }) {
  const params = new URLSearchParams(members.map((key) => ["study", key]));
  if (budget != null) params.set("budget", budgetText(budget));
  if (xScale !== SCALES[0]) params.set("xs", xScale);
  if (yScale !== SCALES[0]) params.set("ys", yScale);
  return `#${params}`;
}

/** What the service is asked. */
export function requestOf({ members, budget }) {
  const params = new URLSearchParams(members.map((key) => ["study", key]));
  if (budget != null) params.set("budgetFlops", budgetText(budget));
  return `/comparisons?${params}`;
}

/**
 * What can be added, in the order of the studies.
 *
 * @param studies of GET /studies
 * @param members keys that are chosen
 * @returns [{study, choices: [{key, words}]}]; of a study of several families all of them, and each
 */
export function choicesOf(studies, members) {
  return studies.map(({ id, best }) => {
    const families = best.length > 1 ? best.map(({ family }) => ({ key: `${id}:${family}`, words: `${id}, ${family}` })) : [];
    const whole = { key: id, words: families.length ? `${id}, all families` : id };
    return { study: id, choices: [whole, ...families].filter(({ key }) => !members.includes(key)) };
  }).filter(({ choices }) => choices.length);
}

/** Whether there is anything to ask for: two members, or one study of several families. */
export function isEnough(members, studies) {
  if (members.length !== 1) return members.length > 1;
  const { study, family } = memberOf(members[0]);
  return family == null && (studies ?? []).some(({ id, best }) => id === study && best.length > 1);
}
