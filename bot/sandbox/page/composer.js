/** The composer: writing, replying, editing, commands, files, and the buttons that stand in its place. */

import { api } from "./api.js";
import { byId, el, icon, iconButton } from "./dom.js";
import { acceptFiles, openUpload } from "./files.js";
import { shorten, summary } from "./message.js";
import { personName } from "./people.js";
import { ReplyKeyboard } from "./reply_keyboard.js";
import { Suggestions } from "./suggestions.js";

const TEXT_CHARACTERS = 4096;
const TALLEST = 180;
const EMOJI = "👍 ❤️ 😊 🙏 👏 🎉 🌸 ✅ ❓ 📄 📚 🏢 🇻🇳 😂 😮 😢".split(" ");

/** The bottom of the chat. */
export class Composer {
  #input = byId("input");
  #suggestions;
  #keyboard;
  #run;
  #people;
  #view = null;
  #replyTo = null;
  #editing = null;
  #parameter = null;
  #forceReply = false;
  #sending = false;

  /**
   * @param {function(): Object} people what `GET /users` gave
   * @param {{attempt: function(Promise<*>): Promise<*>, tell: function(string): void}} run `attempt` tells refusals to
   *   the person and gives undefined for them
   */
  constructor(people, run) {
    this.#people = people;
    this.#run = run;
    this.#suggestions = new Suggestions(byId("suggestions"), this.#input, {
      sendCommand: (text) => this.#sendText(text, true),
      complete: (text) => this.fill(text),
      choose: (queryId, resultId) => this.#choose(queryId, resultId),
      openDeepLink: (parameter) => this.deepLink(parameter),
    });
    this.#keyboard = new ReplyKeyboard(byId("reply-keyboard"), byId("keyboard-toggle"), (text) => this.#sendText(text), run.tell);
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    byId("menu-button").addEventListener("click", () => this.#toggleMenu());
    byId("attach").addEventListener("click", () => byId("file-input").click());
    byId("file-input").addEventListener("change", (event) => {
      this.#upload([...event.target.files]);
      event.target.value = "";
    });
    acceptFiles(byId("chat"), this.#input, (files) => this.#view?.chat && this.#upload(files));
    this.#emojiPanel();
  }

  /** The chat is being left: nothing half done goes along. */
  leave() {
    this.#suggestions.close();
    this.#clear();
    this.#parameter = null;
  }

  /**
   * Show a loaded chat.
   *
   * @param {import("./chat_view.js").ChatView} view
   */
  show(view) {
    this.#view = view;
    this.keyboard(view.chat.keyboard);
    this.state();
    if (matchMedia("(pointer: fine)").matches) this.#input.focus({ preventScroll: true });
  }

  /**
   * Show the group to someone outside it.
   *
   * @param {import("./chat_view.js").ChatView} view
   * @param {boolean} canJoin
   */
  outside(view, canJoin) {
    this.#view = view;
    this.keyboard(null);
    this.#replace(canJoin ? "Vào nhóm" : null, () => this.#run.attempt(api.member(view.address, "member")));
  }

  /** Show the composer, or the button that stands in its place. */
  state() {
    const { chat, address } = this.#view;
    if (!chat) return;
    byId("menu-button").hidden = !chat.commands.length;
    if (address.chat === "private" && chat.blocked) this.#replace("Khởi động lại bot", () => this.#start());
    else if (address.chat === "private" && (!chat.started || this.#parameter !== null))
      this.#replace("Bắt đầu", () => this.#start());
    else this.#replace(null, null);
    byId("composer").hidden = !byId("instead").hidden;
  }

  /**
   * Show the reply keyboard or force-reply in force.
   *
   * @param {Object|null} keyboard
   */
  keyboard(keyboard) {
    this.#keyboard.show(keyboard);
    this.#input.placeholder = keyboard?.input_field_placeholder || "Tin nhắn";
    this.#forceReply = Boolean(keyboard?.force_reply);
    if (this.#forceReply) this.#replyToNewest();
  }

  /** Someone else's message came: a force-reply asks to answer just that one. */
  arrived() {
    if (this.#forceReply && !this.#replyTo) this.#replyToNewest();
  }

  /**
   * Answer a message.
   *
   * @param {Object} message
   */
  reply(message) {
    if (this.#editing) this.#clear();
    this.#replyTo = message;
    this.#showContext("reply", `Trả lời ${personName(message.sender_chat ?? message.from)}`, message);
    this.#input.focus();
  }

  /**
   * Change one of the person's own messages.
   *
   * @param {Object} message
   */
  edit(message) {
    this.#clear();
    this.#editing = message;
    this.#showContext("edit", "Sửa tin nhắn", message);
    this.fill(message.text ?? message.caption ?? "");
  }

  /**
   * Put a text into the composer.
   *
   * @param {string} text
   */
  fill(text) {
    this.#input.value = text;
    this.#input.focus();
    this.#input.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  /**
   * Offer to start the bot with a deep link's parameter.
   *
   * @param {string} parameter
   */
  deepLink(parameter) {
    this.#suggestions.close();
    this.#input.value = "";
    this.#parameter = parameter;
    this.state();
    byId("instead").firstElementChild?.focus();
  }

  /**
   * Send a text as the persona.
   *
   * @param {string} text
   */
  send(text) {
    this.#sendText(text);
  }

  async #start() {
    const parameter = this.#parameter || undefined;
    this.#parameter = null;
    await this.#run.attempt(api.start(this.#view.address, parameter));
    this.state();
    this.#input.focus();
  }

  #replace(label, run) {
    const place = byId("instead");
    place.hidden = !label;
    place.replaceChildren(
      label ? el("button", { type: "button", class: "start-button", on: { click: run } }, label) : "",
    );
    byId("composer").hidden = Boolean(label) || !this.#view.chat;
  }

  #replyToNewest() {
    const newest = this.#view.timeline.latest((message) => message.from?.id !== this.#view.persona.user.id);
    if (newest) this.reply(newest);
  }

  #showContext(name, title, message) {
    const bar = byId("context-bar");
    bar.hidden = false;
    bar.replaceChildren(
      icon(name),
      el(
        "span",
        { class: "context-text" },
        el("span", { class: "context-title" }, title),
        el("span", { class: "context-line" }, shorten(summary(message), 120)),
      ),
      iconButton("close", "Bỏ", { on: { click: () => this.#clear() } }),
    );
  }

  #clear() {
    if (this.#editing) this.#input.value = "";
    this.#replyTo = null;
    this.#editing = null;
    byId("context-bar").hidden = true;
    this.#grow();
  }

  #changed() {
    this.#grow();
    byId("send").classList.toggle("ready", this.#input.value.trim() !== "");
    if (this.#view?.chat && !this.#editing) {
      const { address, chat } = this.#view;
      this.#suggestions.update(this.#input.value, { address, commands: chat.commands, bot: this.#people().bot });
    }
  }

  #grow() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, TALLEST)}px`;
  }

  #key(event) {
    if (event.isComposing) return; // an input method is still making a letter
    if (this.#suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape") {
      if (this.#suggestions.isOpen) this.#suggestions.close();
      else this.#clear();
    } else if (event.key === "ArrowUp" && !this.#input.value) {
      const own = this.#view.timeline.latest((message) => message.from?.id === this.#view.persona.user.id && message.text);
      if (own) {
        event.preventDefault();
        this.edit(own);
      }
    }
  }

  async #submit() {
    const text = this.#input.value.trim();
    if (!text || this.#sending) return;
    if (text.length > TEXT_CHARACTERS) {
      this.#run.tell(`Tin nhắn tối đa ${TEXT_CHARACTERS.toLocaleString("vi-VN")} ký tự; tin này có ${text.length.toLocaleString("vi-VN")}.`);
      return;
    }
    if (!this.#editing) {
      await this.#sendText(text, true);
      return;
    }
    const message = this.#editing;
    if (text !== (message.text ?? message.caption)) {
      const done = await this.#run.attempt(api.edit(this.#view.address, message.message_id, text));
      if (!done) return;
    }
    this.#clear();
    this.#changed();
  }

  /** Send a text; one that the composer holds is cleared at once, and comes back when the server refuses it. */
  async #sendText(text, fromInput = false) {
    const replyTo = this.#replyTo;
    const typed = this.#input.value;
    this.#sending = true;
    if (fromInput) this.#input.value = "";
    this.#clear();
    this.#suggestions.close();
    this.#changed();
    const done = await this.#run.attempt(api.send(this.#view.address, text, { replyTo: replyTo?.message_id, anonymous: this.#view.anonymous }));
    this.#sending = false;
    if (done) return;
    if (fromInput && !this.#input.value) this.fill(typed);
    if (replyTo) this.reply(replyTo);
  }

  async #choose(queryId, resultId) {
    const address = this.#view.address;
    this.#suggestions.close();
    const done = await this.#run.attempt(api.choose(address, queryId, resultId));
    if (!done) return;
    this.#input.value = "";
    this.#clear();
    this.#changed();
  }

  #upload(files) {
    if (!files.length) return;
    const send = async ({ files: chosen, kind, caption }) => {
      const request = { files: chosen, kind, caption, replyTo: this.#replyTo?.message_id };
      const done = await this.#run.attempt(api.upload(this.#view.address, request));
      if (!done) return false;
      this.#input.value = "";
      this.#clear();
      this.#changed();
      return true;
    };
    openUpload(files, this.#input.value, send, this.#run.tell);
  }

  #toggleMenu() {
    const open = this.#suggestions.isOpen;
    this.#input.focus();
    if (open) this.#suggestions.close();
    else this.#suggestions.showCommands(this.#view.chat.commands);
  }

  #emojiPanel() {
    const panel = byId("emoji-panel");
    const grid = (label, run) =>
      el(
        "div",
        { class: "emoji-grid", role: "group", "aria-label": label },
        EMOJI.map((emoji) =>
          el(
            "button",
            {
              type: "button",
              "aria-label": `${label} ${emoji}`,
              on: {
                click: () => {
                  panel.hidePopover();
                  run(emoji);
                },
              },
            },
            emoji,
          ),
        ),
      );
    panel.append(
      el("h2", {}, "Biểu cảm"),
      grid("Chèn", (emoji) => this.fill(this.#input.value + emoji)),
      el("h2", {}, "Gửi làm nhãn dán"),
      grid("Nhãn dán", (emoji) => this.#run.attempt(api.sticker(this.#view.address, emoji))),
    );
  }
}
