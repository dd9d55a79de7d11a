// The page itself: a language, a file, an answer in words. Nothing leaves the machine.
import { judge } from "./judge.js";

const data = JSON.parse(document.getElementById("data").textContent);
const at = (name) => document.querySelector(`[data-${name}]`);
const TONES = {
  intact: ["good", "✓"], list: ["good", "✓"],
  expired: ["over", "!"], development: ["over", "!"],
  ended: ["bad", "✕"], altered: ["bad", "✕"], foreign: ["bad", "✕"], compromised: ["bad", "✕"],
};
let language = "en";
let last = null;

function say(key, values = {}) {
  const text = data.words[language][key] ?? "";
  return Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`%(${name})s`, value), text);
}

function day(instant) {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(instant);
  // Browsers know no Tajik months, and a Russian date of words ends a sentence twice.
  const [locale, form] = language === "en"
    ? ["en-GB", { dateStyle: "long" }]
    : ["ru", { day: "2-digit", month: "2-digit", year: "numeric" }];
  const zone = { timeZone: isDay ? "UTC" : data.zone };
  return new Intl.DateTimeFormat(locale, { ...form, ...zone }).format(new Date(instant));
}

function speak(code) {
  language = code;
  document.documentElement.lang = code;
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-speak]")) {
    one.setAttribute("aria-pressed", String(one.dataset.speak === code));
  }
  document.title = say("title");
  at("known").textContent = say("known", { day: day(data.made_at) });
  if (last) show(last);
}

function show(answer) {
  last = answer;
  const [tone, mark] = TONES[answer.finding] ?? ["ask", "?"];
  at("answer").hidden = false;
  at("verdict").dataset.tone = tone;
  at("verdict").dataset.finding = answer.finding;
  at("mark").textContent = mark;
  const values = {
    until: answer.until && day(answer.until),
    list: answer.list && day(answer.list.validFrom),
    sealed: answer.sealedAt && day(answer.sealedAt),
  };
  at("sentence").textContent = say(answer.finding, values);
  at("advice").textContent = advice(answer, values);
  at("claims").replaceChildren(...claims(answer).map(row));
}

function advice({ finding, list, sealedAt }, values) {
  if (finding !== "intact") return say(`${finding}_advice`, values);
  const parts = [sealedAt && say("sealed", values), say(list ? "not_on_list" : "no_list", values)];
  return parts.filter(Boolean).join(" ");
}

function claims({ credential, holder, isPdf }) {
  if (!credential) return [];
  const { achievement = {}, ...subject } = credential.credentialSubject;
  const rows = [
    ["holder", holder || say(isPdf ? "holder_erased" : "holder_hidden")],
    ["course", achievement.name],
    ["description", achievement.description],
    ["result", subject.result?.[0]?.value],
    ["started", subject.activityStartDate && day(subject.activityStartDate)],
    ["awarded", subject.activityEndDate && day(subject.activityEndDate)],
    ["until", credential.validUntil && day(credential.validUntil)],
    ["issuer", credential.issuer.name],
    ["number", subject.licenseNumber],
  ];
  return rows.filter(([, value]) => value);
}

function row([key, value]) {
  const [line, term, text] = ["div", "dt", "dd"].map((name) => document.createElement(name));
  term.textContent = say(`label_${key}`);
  text.textContent = value;
  line.append(term, text);
  return line;
}

async function take(file) {
  if (!file) return;
  const answer = await judge(new Uint8Array(await file.arrayBuffer()), data);
  // A newer list from us is used from now on, for as long as the page is open.
  if (answer.finding === "list") data.lists.unshift(answer.list);
  show(answer);
  at("sentence").focus();
}

document.querySelector("nav").addEventListener("click", ({ target }) => {
  if (target.dataset.speak) speak(target.dataset.speak);
});
document.getElementById("file").addEventListener("change", ({ target }) => take(target.files[0]));
addEventListener("dragover", (event) => {
  event.preventDefault();
  at("drop").classList.add("is-over");
});
addEventListener("dragleave", () => at("drop").classList.remove("is-over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  at("drop").classList.remove("is-over");
  document.getElementById("file").files = event.dataTransfer.files;
  take(event.dataTransfer.files[0]);
});
speak(Object.keys(data.words).find((code) => navigator.language.startsWith(code)) ?? "en");
