// Requests to the service: what it answers, or one sentence why it does not.

let token = "";

/** {body} or {problem, status}: problem is a sentence for people. */
export async function ask(address, { method = "GET", json } = {}) {
  const headers = { Accept: "application/json", ...(json !== undefined && { "Content-Type": "application/json" }), ...(token && { Authorization: `Bearer ${token}` }) };
  try {
    const response = await fetch(address, { method, headers, body: json === undefined ? undefined : JSON.stringify(json) });
    const body = await response.json().catch(() => null);
    if (response.ok) return { body, status: response.status };
    return { problem: body?.detail ?? `the service answered ${response.status}`, status: response.status };
  } catch {
    return { problem: "the server cannot be reached", status: 0 };
  }
}

/** A request that changes something: where the service wants a token, a person is asked for it and the request is sent again. */
export async function change(address, request) {
  const answer = await ask(address, request);
  if (answer.status !== 401 || !(await askForToken(answer.problem))) return answer;
  return ask(address, request);
}

/** Whether a person has given one. It stays on this page until it is closed. */
function askForToken(why) {
  const dialog = document.getElementById("token-dialog");
  const field = document.getElementById("token-field");
  document.getElementById("token-why").textContent = why;
  field.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "go") token = field.value.trim();
      resolve(dialog.returnValue === "go");
    }, { once: true });
  });
}
