// The remote on a telephone: gives the PIN for a token, shows what the talk says, sends what is pressed.
"use strict";

const TEXTS = {
  en: {
    "join-title": "Remote for Atelier",
    "join-how": "The speaker sees the PIN on the console.",
    "pin": "PIN, six digits",
    "enter": "Connect",
    "entering": "Connecting",
    "wrong": "This is not the PIN.",
    "short": "A PIN has six digits.",
    "wait": "Too many wrong PINs. Try again in {n} s.",
    "shut": "Too many wrong PINs from everywhere. The speaker can make a new one.",
    "full": "Too many telephones are connected. The speaker can remove one.",
    "unreachable": "The computer cannot be reached. Is this telephone on the same network?",
    "removed": "The speaker removed this telephone.",
    "unknown": "The connection has ended. Give the PIN again.",
    "ended": "The remote is off.",
    "elapsed": "Elapsed", "left": "Left", "countdown": "Countdown", "over": "time is up", "then": "Next", "notes": "Notes",
    "private": "For you alone, on this frame",
    "none": "No notes for this frame.",
    "black": "Black", "laser": "Laser", "pause": "Pause", "go-on": "Go on", "start": "Start",
    "pause-how": "Pause the clock", "go-on-how": "Let the clock go on", "start-how": "Start the clock",
    "forward": "Next", "previous": "Previous step or stop",
    "smaller": "Smaller notes", "larger": "Larger notes",
    "pad-how": "This is the screen: hold a finger on it.",
    "pad": "Laser pad",
    "ask": "Ask to advance", "asked": "The speaker has been asked",
    "reads": "You are reading along.",
    "sees": "The audience sees", "sees-black": "The audience sees black", "sees-white": "The audience sees white",
    "frozen": "Frozen: you are looking around",
    "stop": "stop {n} of {total}", "step": "step {n} of {total}", "page": "page {n} of {total}",
    "detour": "detour", "next-step": "step {n}", "end": "the end",
    "waiting": "the clock starts with the first advance", "paused": "paused",
    "away": "Connection lost. Trying again.",
    "lost": "Not sent: no connection.",
  },
  fr: {
    "join-title": "Télécommande d’Atelier",
    "join-how": "Le code est affiché sur le pupitre.",
    "pin": "Code à six chiffres",
    "enter": "Se connecter",
    "entering": "Connexion",
    "wrong": "Ce n’est pas le bon code.",
    "short": "Le code a six chiffres.",
    "wait": "Trop de codes faux. Nouvel essai dans {n}\u00a0s.",
    "shut": "Trop de codes faux de toutes parts. Le pupitre peut en donner un nouveau.",
    "full": "Trop de téléphones sont connectés. Le pupitre peut en retirer un.",
    "unreachable": "L’ordinateur est hors d’atteinte. Ce téléphone est-il sur le même réseau\u202f?",
    "removed": "Ce téléphone a été retiré depuis le pupitre.",
    "unknown": "La connexion a pris fin. Redonnez le code.",
    "ended": "La télécommande est arrêtée.",
    "elapsed": "Écoulé", "left": "Reste", "countdown": "Compte à rebours", "over": "temps écoulé", "then": "Ensuite", "notes": "Notes",
    "private": "Pour vous seulement, sur ce cadre",
    "none": "Pas de notes pour ce cadre.",
    "black": "Noir", "laser": "Laser", "pause": "Pause", "go-on": "Reprendre", "start": "Démarrer",
    "pause-how": "Suspendre le chronomètre", "go-on-how": "Reprendre le chronomètre", "start-how": "Démarrer le chronomètre",
    "forward": "Suivant", "previous": "Étape ou arrêt précédent",
    "smaller": "Notes plus petites", "larger": "Notes plus grandes",
    "pad-how": "C’est l’écran\u00a0: gardez-y un doigt posé.",
    "pad": "Surface du laser",
    "ask": "Demander à avancer", "asked": "Demande envoyée au pupitre",
    "reads": "Vous suivez en lecture.",
    "sees": "Le public voit", "sees-black": "Le public voit du noir", "sees-white": "Le public voit du blanc",
    "frozen": "Figé\u00a0: vous regardez ailleurs",
    "stop": "arrêt {n} sur {total}", "step": "étape {n} sur {total}", "page": "page {n} sur {total}",
    "detour": "détour", "next-step": "étape {n}", "end": "la fin",
    "waiting": "le chronomètre part au premier appui", "paused": "en pause",
    "away": "Connexion perdue. Nouvel essai.",
    "lost": "Non envoyé\u00a0: pas de connexion.",
  },
};
const WORDS = TEXTS[document.documentElement.lang] || TEXTS.en;
const POLL = 3000;       // ms between two questions while there is no socket
const SOON = 200;        // ms after an act until it has happened
const POINT = 40;        // ms between two positions of the laser
const HOLD = 500;        // ms after which a finger that rests is said again
const SIZES = [16, 18, 20, 23, 26, 30, 36];

const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const say = (key, values = {}) => WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

let token = sessionStorage.getItem("token") || "";
let socket = null, open = false, tries = 0, retry = 0, polling = 0;
let told = null, toldAt = 0, you = {};
let lock = null;

// ------------------------------------------------------------------ words

for (const part of document.querySelectorAll("[data-words]")) part.textContent = say(part.dataset.words);
for (const [id, key] of [["previous", "previous"], ["smaller", "smaller"], ["larger", "larger"], ["pad", "pad"]]) {
  $(id).setAttribute("aria-label", say(key));
}
$("notes").setAttribute("aria-label", say("notes"));

function clock(seconds) {
  const whole = Math.floor(Math.abs(seconds) + 0.5), sign = seconds < 0 && whole ? "\u2212" : "";
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return sign + (hours ? `${hours}:${two(minutes)}` : minutes) + ":" + two(whole % 60);
}

function put(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

// ------------------------------------------------------------------ getting in

function showJoin(problem) {
  token = "";
  sessionStorage.removeItem("token");
  hangUp();
  told = null;
  root.dataset.screen = "join";
  put("problem", problem ? say(problem) : "");
  $("pin").value = "";
  release();
}

$("join").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pin = $("pin").value.replace(/\s/g, "");
  if (!/^[0-9]{6}$/.test(pin)) {
    put("problem", say("short"));
    return;
  }
  put("problem", "");
  $("enter").disabled = true;
  put("enter", say("entering"));
  try {
    const answer = await fetch("join", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ pin }),
    });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok && said.token) {
      token = said.token;
      sessionStorage.setItem("token", token);
      $("pin").blur();
      begin();
    } else if (said.wait) {
      put("problem", say("wait", { n: said.wait }));
    } else {
      put("problem", say(said.shut ? "shut" : said.full ? "full" : "wrong"));
    }
    $("pin").value = "";
  } catch {
    put("problem", say("unreachable"));
  }
  $("enter").disabled = false;
  put("enter", say("enter"));
});

function begin() {
  root.dataset.screen = "remote";
  tries = 0;
  connect();
  poll();
  stayAwake();
}

// ------------------------------------------------------------------ the connection

function connect() {
  clearTimeout(retry);
  if (!token || socket) return;
  const mine = socket = new WebSocket(`ws://${location.host}/live`);
  mine.onopen = () => mine.send(JSON.stringify({ token }));
  mine.onmessage = (event) => {
    open = true;
    tries = 0;
    put("link", "");
    hear(JSON.parse(event.data));
  };
  mine.onclose = (event) => {
    if (socket !== mine) return;
    socket = null;
    open = false;
    lift();
    if (event.code === 4001) return showJoin("removed");
    if (event.code === 4002) return showJoin("ended");
    if (event.code === 4003) return showJoin("unknown");
    retry = setTimeout(connect, Math.min(500 * 2 ** tries++, 15000));
    poll();
  };
}

function hangUp() {
  clearTimeout(retry);
  clearTimeout(polling);
  const last = socket;
  socket = null;
  open = false;
  if (last) last.close();
}

async function poll() {
  clearTimeout(polling);
  if (!token) return;
  if (!open) {
    try {
      const answer = await fetch("state", { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
      if (answer.status === 401) return showJoin("unknown");
      if (answer.ok) {
        put("link", "");
        hear(await answer.json());
      }
    } catch {
      if (!open) put("link", say("away"));
    }
  }
  clearTimeout(polling);
  if (token) polling = setTimeout(poll, POLL);
}

async function send(message) {
  if (open && socket && socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
    return;
  }
  if ("laser" in message) return;
  try {
    const answer = await fetch("act", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(message),
    });
    if (answer.status === 401) return showJoin("unknown");
    setTimeout(poll, SOON);
  } catch {
    put("link", say("lost"));
  }
}

// ------------------------------------------------------------------ what the talk says

function hear(news) {
  you = news.you || {};
  root.dataset.role = you.advances ? "advances" : "reads";
  if (!you.advances) setLaser(false);
  $("ask").disabled = Boolean(you.asks);
  put("ask", say(you.asks ? "asked" : "ask"));
  put("reads", say("reads"));
  if (!news.state) return;
  const before = told, now = told = news.state;
  toldAt = performance.now();
  document.title = now.deck ? `${now.deck} — Atelier` : "Atelier";
  const who = now.cover ? `sees-${now.cover}` : now.frozen ? "frozen" : "sees";
  put("who", say(who));
  $("room").dataset.tint = now.cover ? "warn" : now.frozen ? "accent" : "live";
  put("title", now.title);
  showWhere(now);
  put("next", now.next_is_step ? say("next-step", { n: now.step + 1 }) : now.next || say("end"));
  const frame = `${now.stop}/${now.title}`;
  if (!before || before.notes !== now.notes || before.private !== now.private) showNotes(now);
  if (!before || `${before.stop}/${before.title}` !== frame) $("notes").scrollTop = 0;
  $("black").setAttribute("aria-pressed", String(now.cover === "black"));
  const act = now.running ? "pause" : now.started ? "go-on" : "start";
  put("clock", say(act));
  $("clock").setAttribute("aria-label", say(`${act}-how`));
  $("pad").style.setProperty("--ratio", String(now.ratio));
  tick();
}

function showWhere(now) {
  const words = [say("stop", { n: now.stop, total: now.stops })];
  if (now.steps) words.push(say("step", { n: now.step, total: now.steps }));
  if (now.pages > 1) words.push(say("page", { n: now.page, total: now.pages }));
  put("where", words.join(", "));
  if (now.detours) {
    const mark = document.createElement("span");
    mark.className = "detour";
    mark.textContent = ` · ${say("detour")}`;
    $("where").append(mark);
  }
}

function showNotes(now) {
  const lines = (text) => text.split("\n").filter((line) => line.trim()).map((line) => {
    const made = document.createElement("p");
    made.textContent = line;
    return made;
  });
  const notes = lines(now.notes), alone = lines(now.private);
  if (!notes.length) {
    const none = document.createElement("p");
    none.className = "none";
    none.textContent = say("none");
    notes.push(none);
  }
  $("text").replaceChildren(...notes);
  $("private-text").replaceChildren(...alone);
  $("private").classList.toggle("some", alone.length > 0);
}

function tick() {
  if (!told) return;
  const since = told.running ? (performance.now() - toldAt) / 1000 : 0;
  put("elapsed", clock(told.elapsed + since));
  put("left", clock(told.left - since));
  $("count-line").hidden = told.countdown < 0;
  const count = told.countdown - (told.counts ? (performance.now() - toldAt) / 1000 : 0);
  const figures = count > 0.01 ? clock(Math.ceil(count - 0.01)) : say("over");
  put("count", told.counts || count <= 0.01 ? figures : `${figures}, ${say("paused")}`);
  const pace = told.started ? told.pace : say("waiting");
  put("pace", told.started && !told.running ? `${say("paused")}, ${pace}` : pace);
  $("pace").dataset.tint = !told.started ? "" : told.late ? "warn" : "ok";
}
setInterval(tick, 250);

// ------------------------------------------------------------------ what is pressed

function press(id, message) {
  $(id).addEventListener("click", () => {
    if (navigator.vibrate) navigator.vibrate(12);
    send(message);
  });
}
press("forward", { act: "next" });
press("previous", { act: "previous" });
press("black", { act: "black" });
press("clock", { act: "clock" });
press("ask", { ask: true });
$("laser").addEventListener("click", () => setLaser(root.dataset.laser !== "on"));

document.addEventListener("keydown", (event) => {
  if (root.dataset.screen !== "remote" || !you.advances || event.repeat || event.target.closest("button")) return;
  const act = { PageDown: "next", ArrowRight: "next", PageUp: "previous", ArrowLeft: "previous" }[event.key];
  if (act) {
    event.preventDefault();
    send({ act });
  }
});

let size = SIZES.indexOf(Number(sessionStorage.getItem("size"))) + 1 || 3;
function resize(by) {
  size = Math.min(Math.max(size + by, 1), SIZES.length);
  root.style.setProperty("--notes", `${SIZES[size - 1]}px`);
  sessionStorage.setItem("size", String(SIZES[size - 1]));
}
$("smaller").addEventListener("click", () => resize(-1));
$("larger").addEventListener("click", () => resize(1));
resize(0);

// ------------------------------------------------------------------ the laser

let finger = null, where = null, saidAt = 0, saying = 0;

function setLaser(on) {
  if (!on) lift();
  root.dataset.laser = on ? "on" : "off";
  $("laser").setAttribute("aria-pressed", String(on));
}

function point(event) {
  const box = $("pad").getBoundingClientRect();
  const share = (value, start, size) => Math.round(Math.min(Math.max((value - start) / size, 0), 1) * 10000) / 10000;
  where = [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
  $("spot").style.left = `${where[0] * 100}%`;
  $("spot").style.top = `${where[1] * 100}%`;
  root.dataset.point = "on";
  sayWhere();
}

function sayWhere() {
  clearTimeout(saying);
  if (!where) return;
  const now = performance.now(), left = saidAt + POINT - now;
  if (left > 0) {
    saying = setTimeout(sayWhere, left);
    return;
  }
  saidAt = now;
  send({ laser: where });
  saying = setTimeout(sayWhere, HOLD);
}

function lift() {
  clearTimeout(saying);
  root.dataset.point = "off";
  if (where) send({ laser: null });
  finger = where = null;
}

$("pad").addEventListener("pointerdown", (event) => {
  if (finger !== null) return;
  finger = event.pointerId;
  $("pad").setPointerCapture(finger);
  point(event);
});
$("pad").addEventListener("pointermove", (event) => {
  if (event.pointerId === finger) point(event);
});
for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
  $("pad").addEventListener(end, (event) => {
    if (event.pointerId === finger) lift();
  });
}

// ------------------------------------------------------------------ staying awake

async function stayAwake() {
  // browsers give this to pages they hold to be secure only, which one of a local address is not everywhere
  if (!navigator.wakeLock || lock || !token || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => { lock = null; });
  } catch {
    lock = null;
  }
}

function release() {
  if (lock) lock.release();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") {
    lift();
    return;
  }
  stayAwake();
  if (token && !open) {
    tries = 0;
    connect();
    poll();
  }
});

if (token) begin();
else showJoin("");
