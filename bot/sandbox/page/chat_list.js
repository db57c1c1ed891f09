/** The list of chats: each person's own chat with the bot, and the group. */

import { byId, el } from "./dom.js";
import { doing } from "./chat_header.js";
import { shorten, summary } from "./message.js";
import { initials, personColor, personName } from "./people.js";
import { clock, dayKey, dayName } from "./time.js";

/** Shows previews and unread counts, and says which chat was chosen. */
export class ChatList {
  #people;
  #open;
  #current = "";
  /** @type {Map<string, {last: Object|null, unread: number, action: string|null, timer: number}>} */
  #chats = new Map();

  /**
   * @param {function(): Object} people what `GET /users` gave
   * @param {function(import("./api.js").Address): void} open
   */
  constructor(people, open) {
    this.#people = people;
    this.#open = open;
  }

  /** Draw the whole list again. */
  draw() {
    const { personas, group } = this.#people();
    byId("people-list").replaceChildren(...personas.map((persona) => this.#person(persona)));
    byId("group-list").replaceChildren(this.#row("group", group.title, personColor(group), "Nhóm có bot", null));
    for (const key of ["group", ...personas.map((persona) => persona.key)]) this.#refresh(key);
  }

  /**
   * Mark a chat as the open one.
   *
   * @param {import("./api.js").Address|null} address
   */
  select(address) {
    this.#current = address ? (address.chat === "group" ? "group" : address.persona) : "";
    if (this.#current) this.#state(this.#current).unread = 0;
    for (const button of document.querySelectorAll(".chat-item")) {
      if (button.dataset.key === this.#current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (this.#current) this.#refresh(this.#current);
    this.#title();
  }

  /**
   * Set the newest message of a chat, as it was loaded.
   *
   * @param {string} key a persona's key, or "group"
   * @param {Object|undefined} message
   */
  preview(key, message) {
    this.#state(key).last = message ?? null;
    this.#refresh(key);
  }

  /**
   * Take an event of any chat.
   *
   * @param {string} name
   * @param {Object} data
   * @param {number} viewer the user id that looks at the open chat
   */
  apply(name, data, viewer) {
    const { group, personas } = this.#people();
    const persona = personas.find(({ key, user }) => key === data.persona || user.id === data.chat_id);
    const key = data.chat_id === group.id ? "group" : persona?.key;
    if (!key) return;
    const state = this.#state(key);
    if (name === "message") {
      state.last = data.message;
      const own = data.message.from?.id === (key === "group" ? viewer : persona.user.id);
      if (!own && key !== this.#current) state.unread += 1;
    } else if (name === "message_changed" && state.last?.message_id === data.message.message_id) {
      state.last = data.message;
    } else if (name === "action") {
      this.#action(key, state, data);
    } else return;
    this.#refresh(key);
    this.#title();
  }

  #action(key, state, { action, seconds }) {
    clearTimeout(state.timer);
    state.action = action;
    if (!action) return;
    state.timer = setTimeout(() => {
      state.action = null;
      this.#refresh(key);
    }, seconds * 1000);
  }

  #state(key) {
    if (!this.#chats.has(key)) this.#chats.set(key, { last: null, unread: 0, action: null, timer: 0 });
    return this.#chats.get(key);
  }

  #person(persona) {
    return this.#row(persona.key, persona.label, personColor(persona.user), personName(persona.user), persona);
  }

  #row(key, title, color, subtitle, persona) {
    const choose = () => {
      const chat = persona ? "private" : "group";
      this.#open({ persona: persona ? key : this.#groupViewer(), chat });
    };
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "chat-item", dataset: { key }, on: { click: choose } },
        el("span", { class: "avatar", dataset: { color }, "aria-hidden": "true" }, initials(title)),
        el(
          "span",
          { class: "chat-item-text" },
          el("span", { class: "chat-item-top" }, el("span", { class: "chat-item-title" }, title), el("time", { class: "chat-item-time" })),
          el("span", { class: "chat-item-bottom" }, el("span", { class: "chat-item-preview", dataset: { subtitle } }), el("span", { class: "badge", hidden: true })),
        ),
      ),
    );
  }

  #groupViewer() {
    const { personas } = this.#people();
    const last = document.documentElement.dataset.groupViewer;
    const inside = personas.filter((persona) => persona.chats.includes("group"));
    return (personas.find(({ key }) => key === last) ?? inside[0] ?? personas[0]).key;
  }

  #refresh(key) {
    const button = document.querySelector(`.chat-item[data-key="${CSS.escape(key)}"]`);
    if (!button) return;
    const { last, unread, action } = this.#state(key);
    const preview = button.querySelector(".chat-item-preview");
    preview.classList.toggle("active", Boolean(action));
    if (action) preview.textContent = `${doing(action)}…`;
    else if (last) preview.replaceChildren(...this.#line(key, last));
    else preview.textContent = preview.dataset.subtitle;
    button.querySelector("time").textContent = last ? when(last.date) : "";
    const badge = button.querySelector(".badge");
    badge.hidden = unread === 0;
    badge.replaceChildren(String(unread), el("span", { class: "hidden-text" }, " tin chưa đọc"));
  }

  #line(key, message) {
    const text = shorten(summary(message), 80);
    const fromPerson = message.sender_chat || (message.from && !message.from.is_bot);
    if (!fromPerson && key !== "group") return [text];
    const name = key === "group" ? personName(message.sender_chat ?? message.from) : "Đã gửi";
    return [el("span", { class: "preview-name" }, `${name}: `), text];
  }

  #title() {
    let unread = 0;
    for (const state of this.#chats.values()) unread += state.unread;
    document.title = `${unread ? `(${unread}) ` : ""}${personName(this.#people().bot)} – chạy thử`;
  }
}

function when(seconds) {
  const day = dayKey(seconds);
  const name = dayName(day);
  return name === "Hôm nay" ? clock(seconds) : name;
}
