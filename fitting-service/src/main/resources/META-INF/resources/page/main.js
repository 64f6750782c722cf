// Starts the page: as a report when the data are in the document, else live.

import { Live } from "plm/live";
import { View } from "plm/view";

const POLL_MILLIS = 2000;
const WORDS = { live: "live", lost: "reconnecting", waiting: "waiting for a study", report: "report" };

const connection = document.getElementById("connection");
const picker = document.getElementById("studies");

function tell(state) {
  connection.dataset.state = state;
  connection.querySelector("span").textContent = WORDS[state];
}

function report(data) {
  picker.replaceChildren(new Option(data.study.study));
  picker.disabled = true;
  document.title = `${data.study.study} - plm-frontier`;
  tell("report");
  new View().show(data);
}

async function live() {
  const stream = new Live(new View(), tell);
  let shown = null;
  const open = (id) => {
    shown = id;
    picker.value = id;
    history.replaceState(null, "", `#${id}`);
    document.title = `${id} - plm-frontier`;
    stream.open(id);
  };
  picker.addEventListener("change", () => open(picker.value));
  tell("waiting");
  const look = async () => {
    const studies = await list();
    offer(studies, shown);
    if (!shown && studies.length) {
      const wanted = decodeURIComponent(location.hash.slice(1));
      open(studies.some((study) => study.id === wanted) ? wanted : studies[studies.length - 1].id);
    }
    setTimeout(look, POLL_MILLIS);
  };
  look();
}

async function list() {
  try {
    const response = await fetch("/studies");
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

function offer(studies, shown) {
  const ids = studies.map((study) => study.id);
  if (!ids.length || ids.join() === [...picker.options].map((option) => option.value).join()) return;
  picker.replaceChildren(...ids.map((id) => new Option(id, id)));
  if (shown) picker.value = shown;
}

const data = document.getElementById("data").textContent.trim();
if (data) report(JSON.parse(data));
else live();
