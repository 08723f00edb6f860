// The chat page. All that people type or the server sends is data: it reaches the page as text nodes only.

const [COUNT_FROM, MAX_CHARS] = [400, 500];
const TIMEOUT_MS = 30_000;
const GREETING = "Xin chào! Bạn cần hỏi thủ tục gì?";
const LOST = "Chưa gửi được. Bạn kiểm tra mạng rồi bấm “Gửi lại”.";
const BROKEN = "Máy trả lời đang gặp lỗi. Bạn đợi ít phút rồi bấm “Gửi lại”.";
const PHONE = /(^|[^\d.,])((?:\+84|0)(?:[ .-]?\d){8,10}|1[89]00(?:[ .]?\d){4,6})(?![ .-]?\d)/g;

const byId = (id) => document.getElementById(id);
const [log, input, send, form] = ["log", "message", "send", "composer"].map(byId);
let ward = {};
let pending = null; // the AbortController of the request under way

/** The session's token: kept in this tab, or in memory where the browser forbids storage. */
const session = {
  token: "",
  get() { try { return sessionStorage.getItem("session") || this.token; } catch { return this.token; } },
  set(token) {
    this.token = token;
    try { sessionStorage.setItem("session", token); } catch { /* memory */ }
  },
};

// ---- Building blocks

/** An element with properties and children; strings become text nodes, null and undefined are left out. */
function el(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const typed = () => input.value.normalize("NFC").trim();
const list = (value) => (Array.isArray(value) ? value : []);
const day = (iso) => String(iso).replace(/^(\d{4})-(\d{2})-(\d{2}).*$/, "$3/$2/$1");
const tel = (number) => `tel:${number.replace(/[^\d+]/g, "")}`;
const button = (label, onclick) => el("button", { type: "button", className: "choice", onclick }, label);
const prose = (text, className = "prose") => el("p", { className }, ...withPhones(String(text ?? "")));

/** A link that opens in a new tab; only the label where the address isn't https. */
function webLink(href, label) {
  if (!/^https:\/\/[^/]/i.test(href ?? "")) return label;
  const hint = el("span", { className: "sr" }, " (mở trang mới)");
  return el("a", { href, target: "_blank", rel: "noopener" }, label, hint);
}

/** The text in pieces: phone numbers as links, the rest as it is. */
function withPhones(text) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(PHONE)) {
    const start = found.index + found[1].length;
    pieces.push(text.slice(end, start), el("a", { href: tel(found[2]), className: "tel" }, found[2]));
    end = start + found[2].length;
  }
  return [...pieces, text.slice(end)];
}

/** Buttons that send their message and show their label as what was said. */
function choiceButtons(choices, className) {
  const items = list(choices).map(({ label = "", message = label }) =>
    el("li", {}, button(label || message, () => say(message, label))));
  return items.length ? el("ul", { className }, ...items) : null;
}

// ---- Replies

function itemNode(item) {
  const { text, note, sub } = typeof item === "string" ? { text: item } : item ?? {};
  const nested = list(sub).length ? el("ul", {}, ...sub.map(itemNode)) : null;
  return el("li", {}, prose(text), note ? prose(note, "prose aside") : null, nested);
}

const itemList = (items) => el("ul", { className: "items" }, ...list(items).map(itemNode));

function sourceLine({ url, decision, checked_on: checked }) {
  if (!decision) return null;
  const name = /^quyết định/i.test(decision) ? decision : `Quyết định ${decision}`;
  const when = checked ? ` · kiểm tra ngày ${day(checked)}` : null;
  return el("p", { className: "source" }, "Nguồn: ", webLink(url, name), when);
}

/** A procedure's answer: what was asked lies open, the rest is folded away. */
function answerCard({ code, name, aspects, sections, source, notes }) {
  const asked = sections.filter((section) => list(aspects).includes(section.aspect));
  const open = asked.length ? asked : sections.slice(0, 1);
  const folded = sections.filter((section) => !open.includes(section));
  return el("article", { className: "card" },
    el("header", {}, el("h2", {}, name), code ? el("p", { className: "code" }, `Mã thủ tục ${code}`) : null),
    ...open.map(({ title, items }) => el("section", {}, el("h3", {}, title), itemList(items))),
    list(notes).length ? el("section", { className: "notes" }, el("h3", {}, "Lưu ý"), itemList(notes)) : null,
    ...folded.map(({ title, items }) => el("details", {}, el("summary", {}, el("h3", {}, title)), itemList(items))),
    sourceLine(source ?? {}));
}

/** The link to who is in charge where the ward isn't. */
function referralLink(referral) {
  const { name, office, url } = referral ?? {};
  const link = webLink(url, [name, office].filter(Boolean).join(" · ") || "Nơi giải quyết");
  return typeof link === "string" ? null : el("p", { className: "referral" }, link);
}

const REASONS = ["Sai việc tôi hỏi", "Thông tin sai hoặc cũ", "Thiếu điều tôi cần", "Khó hiểu"];

/** Thumbs under an answer; a thumb down asks for the reason, which may be left out. */
function marks(id) {
  const told = el("p", { className: "marked", role: "status" });
  const send = async (mark, reason, words) => {
    const body = JSON.stringify({ session: session.get(), reply: id, mark, reason });
    const headers = { "Content-Type": "application/json" };
    const kept = await fetch("/api/feedback", { method: "POST", headers, body }).then((r) => r.ok, () => false);
    told.textContent = kept ? words : "Chưa ghi được đánh giá. Bạn thử lại sau.";
    return kept;
  };
  const reasons = el("div", { className: "reasons", hidden: true },
    ...REASONS.map((reason) => button(reason, () => send("down", reason, "Cảm ơn bạn, tôi đã ghi lại."))));
  const up = button("👍 Đúng ý", () => { reasons.hidden = true; send("up", "", "Cảm ơn bạn."); });
  const down = button("👎 Chưa đúng", async () => {
    if (await send("down", "", "Chưa đúng ở chỗ nào? Bạn bấm một ô, hoặc bỏ qua.")) reasons.hidden = false;
  });
  return el("div", { className: "marks" }, up, down, reasons, told);
}

/** Adds a reply; a card of an unknown type, or one that lacks its parts, falls back to the text. */
function addReply({ id, text, card, choices }) {
  const isAnswer = card?.type === "answer" && card.name && list(card.sections).length > 0;
  const referral = card?.type === "unknown" ? referralLink(card.referral) : null;
  add(isAnswer ? "bot wide" : "bot", "Trợ lý", isAnswer ? answerCard(card) : prose(text), referral,
    choiceButtons(choices, "choices"), isAnswer && id ? marks(id) : null);
}

// ---- The conversation

/** Adds a message to the log; `who` is told to screen readers, sighted people see it by side and colour. */
function add(kind, who, ...body) {
  const speaker = el("p", { className: "sr" }, `${who}:`);
  return log.appendChild(el("div", { className: `message ${kind}` }, speaker, ...body));
}

/** Brings a question to the top of the screen, so that a long answer is read from its start. */
const reveal = (question) => question.scrollIntoView({ block: "start" });

/** Focus after its button is gone; on touch screens not the field, whose keyboard would hide the answer. */
const restFocus = () => (matchMedia("(pointer: fine)").matches ? input : log).focus({ preventScroll: true });

const failure = (message, mayRetry) => Object.assign(new Error(message), { mayRetry });
/** Asks the server; what it throws has words for the citizen and says whether trying again makes sense. */
async function request(message, signal) {
  const headers = { "Content-Type": "application/json" };
  const content = JSON.stringify({ message, session: session.get() || undefined });
  const sending = fetch("/api/chat", { method: "POST", headers, body: content, signal });
  const response = await sending.catch(() => { throw failure(LOST, true); });
  const body = await response.json().catch(() => { throw failure(signal.aborted ? LOST : BROKEN, true); });
  if (response.ok && list(body?.replies).length) return body;
  if (response.status === 401) session.set(""); // a token the server no longer takes
  const refusal = response.status < 500 && body?.error?.message;
  throw failure(refusal || BROKEN, !refusal || [401, 408, 429].includes(response.status));
}

function addError(error, message, question) {
  const retry = () => {
    if (pending) return;
    node.remove();
    log.append(question);
    deliver(message, question);
    restFocus();
  };
  if (!error.mayRetry) input.value = input.value || message; // back in the field, to be put in other words
  const node = add("bot error", "Lỗi", prose(error.message), error.mayRetry ? button("Gửi lại", retry) : null);
}

/** Sends a message that is already in the log and adds what comes back. */
async function deliver(message, question) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), TIMEOUT_MS);
  setPending(control);
  const typing = add("bot typing", "Trợ lý", el("p", {}, "Đang trả lời", el("i"), el("i"), el("i")));
  reveal(question);
  const outcome = await request(message, control.signal).catch((error) => ({ error }));
  clearTimeout(timer);
  if (pending !== control) return; // a new conversation was begun meanwhile
  typing.remove();
  if (outcome.error) addError(outcome.error, message, question);
  setPending(null);
  if (outcome.session) session.set(outcome.session);
  list(outcome.replies).forEach(addReply);
  reveal(question);
}

/** Says something in the citizen's name, unless an answer is awaited. */
function say(message, label) {
  if (!pending) deliver(message, add("me", "Bạn", el("p", { className: "prose" }, label || message)));
}

function setPending(control) {
  pending = control;
  document.body.classList.toggle("waiting", control !== null);
  update();
}

function greet() {
  const chips = choiceButtons(list(ward.suggestions).map((text) => ({ message: text })), "choices chips");
  add("bot", "Trợ lý", prose(ward.greeting || GREETING), chips);
}

function startAfresh() {
  pending?.abort();
  setPending(null); // what was asked before is no longer awaited
  session.set("");
  log.replaceChildren();
  greet();
  scrollTo(0, 0);
  restFocus();
}

// ---- The field

/** Fits the field to its text and says how much room is left. */
function update() {
  const count = [...typed()].length;
  const over = count > MAX_CHARS;
  const words = over ? `Dài quá ${MAX_CHARS} ký tự, bạn rút bớt nhé.` : "";
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  form.classList.toggle("over", over);
  input.setAttribute("aria-invalid", String(over));
  byId("count").textContent = count >= COUNT_FROM ? `${count}/${MAX_CHARS}` : "";
  if (byId("limit").textContent !== words) byId("limit").textContent = words; // told once, not at each letter
  send.disabled = count === 0 || over || pending !== null;
}

function submit(event) {
  event.preventDefault();
  if (send.disabled) return;
  const message = typed();
  input.value = "";
  say(message); // fits the emptied field, too
  restFocus();
}

function onKey(event) {
  const composing = event.isComposing || event.keyCode === 229; // a Vietnamese keyboard is still forming a letter
  if (event.key === "Enter" && !event.shiftKey && !composing) submit(event);
}

// ---- The ward

function showWard(facts) {
  ward = facts ?? {};
  const { name, address, hours, hotline, portal } = ward;
  byId("ward").textContent = name ?? "";
  if (name) document.title = `Trợ lý Một cửa · ${name}`;
  if (hotline) {
    Object.assign(byId("hotline"), { href: tel(hotline), hidden: false });
    byId("hotline").replaceChildren(el("span", { className: "icon-phone" }), `Gọi ${hotline}`);
  }
  const lines = [address, ...list(hours)].filter(Boolean).map((line) => prose(line));
  if (portal) lines.push(el("p", {}, webLink(portal, "Cổng dịch vụ công")));
  byId("office-facts").replaceChildren(...lines);
  byId("office").hidden = lines.length === 0;
  if (!log.childElementCount) greet();
}

form.addEventListener("submit", submit);
input.addEventListener("input", update);
input.addEventListener("keydown", onKey);
byId("fresh").addEventListener("click", startAfresh);
update();
fetch("/api/ward").then((response) => (response.ok ? response.json() : {})).catch(() => ({})).then(showWard);
