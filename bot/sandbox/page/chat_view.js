/** The open chat: loads it, follows its events, and scrolls. */

import { api, ApiError } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { renderText } from "./entities.js";
import { personName } from "./people.js";
import { shorten, summary } from "./message.js";
import { Timeline } from "./timeline.js";
import { clock } from "./time.js";

const PAGE = 50;
const NEAR_TOP = 800;
const NEAR_BOTTOM = 80;
const MOST_ROWS = 1500;
const KEPT_ROWS = 300;
const KEPT_LINES = 20;
const STILL_MS = 900;

/**
 * @typedef {Object} OpenChat a chat as `GET /users/{persona}/chats/{chat}` gives it, without its messages
 */

/** The middle of the page. */
export class ChatView {
  #scroller = byId("scroller");
  #draft = byId("draft");
  #log = byId("log");
  #down = byId("to-bottom");
  #timeline;
  #actions;
  #parts;
  #generation = 0;
  #since = 0;
  #waiting = null;
  #hasMore = false;
  #loadingOlder = null;
  #atBottom = true;
  #lastTop = 0;
  #stillTimer = 0;
  #missed = 0;
  #frame = 0;
  /** @type {import("./api.js").Address|null} */
  address = null;
  /** @type {OpenChat|null} */
  chat = null;
  /** whether the persona writes as the group itself, as its administrators may */
  anonymous = false;

  /**
   * @param {import("./message.js").MessageActions & import("./entities.js").TextActions} actions
   * @param {{header: import("./chat_header.js").ChatHeader, composer: import("./composer.js").Composer,
   *   people: function(): Object}} parts
   */
  constructor(actions, parts) {
    this.#actions = actions;
    this.#parts = parts;
    this.#timeline = new Timeline(byId("messages"), actions);
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#down.addEventListener("click", () => this.scrollToBottom());
    const stay = new ResizeObserver(() => this.#atBottom && this.#toEnd());
    for (const part of [this.#scroller, byId("messages"), this.#draft]) stay.observe(part);
  }

  /** @returns {Timeline} */
  get timeline() {
    return this.#timeline;
  }

  /** @returns {Object} the persona who looks */
  get persona() {
    return this.#parts.people().personas.find(({ key }) => key === this.address.persona);
  }

  /**
   * Load and show a chat.
   *
   * @param {import("./api.js").Address} address
   */
  async open(address) {
    const generation = ++this.#generation;
    this.address = address;
    this.anonymous = false;
    this.#waiting = [];
    this.#parts.composer.leave();
    byId("chat").setAttribute("aria-busy", "true");
    let loaded;
    try {
      loaded = await api.chat(address, { limit: PAGE });
    } catch (error) {
      if (generation !== this.#generation) return;
      if (!(error instanceof ApiError)) throw error;
      this.#showOutside(error);
      return;
    } finally {
      if (generation === this.#generation) byId("chat").removeAttribute("aria-busy");
    }
    if (generation !== this.#generation) return;
    const { messages, ...chat } = loaded;
    this.chat = chat;
    this.#since = loaded.last_event_id;
    this.#hasMore = loaded.has_more;
    this.#loadingOlder = null;
    this.#log.replaceChildren();
    this.#timeline.show(messages, { viewer: this.persona.user.id, group: address.chat === "group" });
    this.#parts.header.show(this);
    this.#parts.composer.show(this);
    this.#showEmpty();
    this.#showDraft(chat.draft);
    this.#parts.header.pins(chat.pinned);
    this.scrollToBottom();
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const [name, data, id] of waiting) this.apply(name, data, id);
  }

  /**
   * Take an event of any chat; those of others, and those that the load has seen already, are left out.
   *
   * @param {string} name
   * @param {Object} data
   * @param {number} id
   */
  apply(name, data, id) {
    if (this.#waiting) {
      this.#waiting.push([name, data, id]);
      return;
    }
    if (!this.chat || id <= this.#since || data.chat_id !== this.chat.chat.id) return;
    if (data.persona && data.persona !== this.address.persona) return;
    if (name === "message") this.#arrive(data.message);
    else if (name === "message_changed") this.#timeline.update(data.message);
    else if (name === "messages_deleted") this.#remove(data.message_ids);
    else if (name === "action") this.#parts.header.action(data.action, data.seconds);
    else if (name === "draft") this.#showDraft(data.draft);
    else if (name === "keyboard") this.#parts.composer.keyboard(data.keyboard);
    else if (name === "pins") this.#pins(data.pinned);
    else if (name === "chat_changed") this.#reread();
    if (name === "message_changed" || name === "messages_deleted") this.#parts.header.pins(this.chat.pinned);
    this.#showEmpty();
  }

  /** The bot's name or descriptions changed. */
  refresh() {
    this.#showEmpty();
  }

  /** Show the newest message. */
  scrollToBottom() {
    this.#toEnd();
    this.#stayAtBottom();
  }

  /**
   * Bring a message into view, loading older ones when needed.
   *
   * @param {number} id
   * @returns {Promise<boolean>} false when it is gone
   */
  async jumpTo(id) {
    while (!this.#timeline.element(id) && this.#hasMore && id < this.#timeline.oldest) await this.#loadOlder();
    const row = this.#timeline.element(id);
    if (!row) return false;
    this.#atBottom = false;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
    row.classList.remove("found");
    requestAnimationFrame(() => row.classList.add("found"));
    return true;
  }

  #arrive(message) {
    if (!this.#timeline.add(message)) return;
    const own = message.from?.id === this.persona.user.id;
    if (own) {
      this.chat.started = true;
      this.#parts.composer.state();
    } else {
      this.#announce(message);
      this.#parts.composer.arrived();
    }
    if (own || this.#atBottom) this.#stayAtBottom();
    else this.#missed += 1;
    if (this.#atBottom && this.#timeline.size > MOST_ROWS) {
      this.#timeline.trim(KEPT_ROWS);
      this.#hasMore = true;
    }
    this.#showDown();
  }

  #remove(ids) {
    this.#timeline.remove(ids);
    this.chat.pinned = this.chat.pinned.filter((id) => !ids.includes(id));
  }

  #announce(message) {
    this.#log.append(el("p", {}, `${personName(message.from)}, ${clock(message.date)}: ${summary(message)}`));
    while (this.#log.children.length > KEPT_LINES) this.#log.firstElementChild.remove();
  }

  #pins(pinned) {
    this.chat.pinned = pinned;
    this.#parts.header.pins(pinned);
  }

  /**
   * Commands, members or blocking changed. What events of its own bring (messages, action, draft, pins,
   * keyboard) stays as it is: the events that came while this was being read are newer than what was read.
   */
  async #reread() {
    const generation = this.#generation;
    let loaded;
    try {
      loaded = await api.chat(this.address, { limit: 1 });
    } catch (error) {
      if (generation === this.#generation) this.#showOutside(error);
      return;
    }
    if (generation !== this.#generation) return;
    const { chat, started, blocked, commands, members, bot_status, is_admin } = loaded;
    Object.assign(this.chat, { chat, started, blocked, commands, members, bot_status, is_admin });
    this.#parts.header.refresh();
    this.#parts.composer.state();
    this.#showEmpty();
  }

  /** The persona is not in this chat, or the server cannot be reached. */
  #showOutside(error) {
    this.#waiting = null;
    this.chat = null;
    this.#timeline.show([], { viewer: 0, group: false });
    this.#showDraft(null);
    this.#parts.header.outside(this);
    this.#parts.composer.outside(this, error.status === 403);
    byId("empty").hidden = false;
    byId("empty").replaceChildren(
      el("p", {}, error.status === 403 ? "Người này không ở trong nhóm nên không đọc được tin nhắn." : error.explanation),
    );
  }

  #showEmpty() {
    const empty = byId("empty");
    empty.hidden = this.#timeline.size > 0;
    if (empty.hidden || !this.chat) return;
    const { bot } = this.#parts.people();
    const privately = this.address.chat === "private";
    empty.replaceChildren(
      el("h2", {}, privately ? "Bot này làm được gì?" : "Nhóm chưa có tin nhắn"),
      el("p", {}, privately ? bot.description || `Bắt đầu trò chuyện với ${bot.first_name}.` : "Gõ / để xem các lệnh của bot trong nhóm."),
    );
  }

  #showDraft(draft) {
    this.#draft.hidden = !draft;
    if (!draft) {
      this.#draft.replaceChildren();
      return;
    }
    const text = el("div", { class: "text" }, renderText(draft.text ?? "", draft.entities, this.#actions));
    this.#draft.replaceChildren(
      el("div", { class: "bubble" }, text, el("span", { class: "caret", "aria-hidden": "true" })),
    );
    if (this.#atBottom) this.#toEnd();
  }

  /** Be at the end when the next frame is drawn: once for all that arrives before it. */
  #stayAtBottom() {
    this.#atBottom = true;
    this.#missed = 0;
    this.#showDown();
    // Rows off the screen have estimated heights until they are drawn.
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#toEnd();
    });
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  #scrolled() {
    this.#scroller.classList.add("scrolling");
    clearTimeout(this.#stillTimer);
    this.#stillTimer = setTimeout(() => this.#scroller.classList.remove("scrolling"), STILL_MS);
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    // Rows that are drawn for the first time grow; only a way up is the person leaving the end.
    this.#atBottom = near || (this.#atBottom && scrollTop >= this.#lastTop - 1);
    this.#lastTop = scrollTop;
    if (this.#atBottom) this.#missed = 0;
    this.#showDown();
    if (scrollTop < NEAR_TOP && this.#hasMore) this.#loadOlder();
  }

  #showDown() {
    this.#down.hidden = this.#atBottom;
    const count = this.#missed;
    this.#down.setAttribute("aria-label", count ? `Xuống cuối, ${count} tin mới` : "Xuống cuối");
    this.#down.replaceChildren(icon("down"), count ? el("span", { class: "badge" }, count) : "");
  }

  #loadOlder() {
    this.#loadingOlder ??= this.#fetchOlder().finally(() => (this.#loadingOlder = null));
    return this.#loadingOlder;
  }

  async #fetchOlder() {
    const generation = this.#generation;
    let older;
    try {
      older = await api.chat(this.address, { before: this.#timeline.oldest, limit: PAGE });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#hasMore = false;
      this.#actions.unsupported(error.explanation);
      return;
    }
    if (generation !== this.#generation) return;
    this.#hasMore = older.has_more;
    // The browser's own anchoring stands still at the very top, so this place is kept by hand.
    const anchor = this.#timeline.element(this.#timeline.oldest);
    const before = anchor?.getBoundingClientRect().top ?? 0;
    this.#scroller.classList.add("no-anchor");
    this.#timeline.prepend(older.messages);
    if (anchor?.isConnected) this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    requestAnimationFrame(() => this.#scroller.classList.remove("no-anchor"));
  }

  /**
   * Say in one line what a loaded message is, for the bar of pinned messages.
   *
   * @param {number} id
   * @returns {Promise<string>}
   */
  async lineOf(id) {
    const message = this.#timeline.message(id) ?? (await api.message(this.address, id));
    return shorten(summary(message), 100);
  }
}
