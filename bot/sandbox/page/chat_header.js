/** The bar over a chat: who it is, what the bot is doing, pinned messages, and the menu. */

import { api, ApiError } from "./api.js";
import { byId, el } from "./dom.js";
import { promptDialog } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { initials, personColor, personName } from "./people.js";

const DOING = {
  typing: "đang gõ",
  upload_photo: "đang gửi ảnh",
  upload_document: "đang gửi tệp",
  upload_video: "đang gửi video",
  record_voice: "đang ghi âm",
  upload_voice: "đang gửi tin thoại",
  choose_sticker: "đang chọn nhãn dán",
  find_location: "đang tìm vị trí",
};

const CONNECTION = {
  none: "chưa có bot nào kết nối",
  starting: "bot đang khởi động…",
  connected: "bot",
};

/**
 * @param {string} action a chat action of the Bot API
 * @returns {string} Vietnamese words for it
 */
export function doing(action) {
  return DOING[action] ?? "đang làm việc";
}

/** Shows the open chat's title, state and pins. */
export class ChatHeader {
  #people;
  #run;
  #view = null;
  #timer = 0;
  #pinned = [];
  #pinIndex = 0;

  /**
   * @param {function(): Object} people what `GET /users` gave
   * @param {{openAs: function(string): void, attempt: function(Promise<*>): Promise<*>, jumpTo: function(number): void,
   *   deepLink: function(string): void}} run
   */
  constructor(people, run) {
    this.#people = people;
    this.#run = run;
    byId("viewer").addEventListener("change", (event) => run.openAs(event.target.value));
    byId("chat-menu").addEventListener("click", (event) => this.#openMenu(event.currentTarget));
    byId("pinned").addEventListener("click", () => this.#nextPin());
  }

  /**
   * Show a loaded chat.
   *
   * @param {import("./chat_view.js").ChatView} view
   */
  show(view) {
    this.#view = view;
    this.#title();
    this.action(view.chat.action, 5);
  }

  /**
   * Show the group to someone outside it.
   *
   * @param {import("./chat_view.js").ChatView} view
   */
  outside(view) {
    this.#view = view;
    this.#title();
    this.pins([]);
  }

  /** The bot's name, descriptions or connection changed. */
  refresh() {
    if (this.#view) this.#title();
  }

  /**
   * Show what the bot is doing.
   *
   * @param {string|null} action
   * @param {number} seconds how long that lasts without news
   */
  action(action, seconds) {
    clearTimeout(this.#timer);
    const status = byId("chat-status");
    if (!action) {
      status.classList.remove("active");
      this.#showStatus();
      return;
    }
    status.classList.add("active");
    status.replaceChildren(doing(action), el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")));
    this.#timer = setTimeout(() => this.action(null, 0), seconds * 1000);
  }

  /**
   * Show the bar of pinned messages.
   *
   * @param {Array<number>} pinned newest first
   */
  async pins(pinned) {
    this.#pinned = pinned;
    if (this.#pinIndex >= pinned.length) this.#pinIndex = 0;
    const bar = byId("pinned");
    bar.hidden = pinned.length === 0;
    if (!pinned.length) return;
    const id = pinned[this.#pinIndex];
    let line;
    try {
      line = await this.#view.lineOf(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      line = "Tin nhắn đã ghim";
    }
    if (id !== this.#pinned[this.#pinIndex]) return;
    const place = pinned.length > 1 ? ` #${pinned.length - this.#pinIndex}` : "";
    bar.replaceChildren(
      el("span", { class: "pinned-title" }, `Tin nhắn đã ghim${place}`),
      el("span", { class: "pinned-text" }, line),
    );
  }

  #nextPin() {
    const id = this.#pinned[this.#pinIndex];
    this.#pinIndex = (this.#pinIndex + 1) % this.#pinned.length;
    this.#run.jumpTo(id);
    this.pins(this.#pinned);
  }

  #title() {
    const { bot, group, personas } = this.#people();
    const { address } = this.#view;
    const inGroup = address.chat === "group";
    const title = inGroup ? (this.#view.chat?.chat.title ?? group.title) : personName(bot);
    byId("chat-title").textContent = title;
    const picture = byId("chat-avatar");
    picture.textContent = initials(title);
    picture.dataset.color = personColor(inGroup ? group : bot);
    if (!byId("chat-status").classList.contains("active")) this.#showStatus();
    byId("viewer").replaceChildren(
      ...personas.map(({ key, label }) => el("option", { value: key, selected: key === address.persona }, label)),
    );
    byId("viewer").value = address.persona;
  }

  #showStatus() {
    const persona = this.#people().personas.find(({ key }) => key === this.#view.address.persona);
    const role = this.#view.address.chat === "private" ? ` · trong vai ${persona.label}` : "";
    byId("chat-status").replaceChildren(this.#status(), el("span", { class: "as-persona" }, role));
  }

  #status() {
    if (this.#view.address.chat === "private") {
      return this.#view.chat?.blocked ? "bot · đã chặn" : CONNECTION[this.#people().bot.connection];
    }
    const count = this.#view.chat?.members?.length;
    return count ? `${count} thành viên` : "nhóm";
  }

  /** @returns {Array<Object>} what the group's administrators can do */
  #administration() {
    const { address, chat } = this.#view;
    const { attempt } = this.#run;
    const set = (status) => () => attempt(api.setBot(address, status));
    const items = [
      {
        icon: "reply",
        label: "Mở chủ đề mới…",
        run: async () => {
          const title = await promptDialog("Chủ đề mới", "Tên chủ đề", "Mở");
          if (title) attempt(api.openTopic(address, title));
        },
      },
      {
        icon: this.#view.anonymous ? "check" : "edit",
        label: this.#view.anonymous ? "Thôi viết với tên nhóm" : "Viết với tên nhóm (ẩn danh)",
        run: () => {
          this.#view.anonymous = !this.#view.anonymous;
        },
      },
    ];
    if (chat.bot_status !== "administrator") items.push({ icon: "check", label: "Cho bot làm quản trị viên", run: set("administrator") });
    if (chat.bot_status === "member" || chat.bot_status === "administrator")
      items.push({ icon: "stop", label: "Đưa bot ra khỏi nhóm", danger: true, run: set("left") });
    else items.push({ icon: "play", label: "Thêm bot vào nhóm", run: set("member") });
    return items;
  }

  #openMenu(button) {
    const { address, chat } = this.#view;
    const { attempt } = this.#run;
    const items = [];
    if (address.chat === "private") {
      items.push({
        icon: "play",
        label: "Mở bằng liên kết có tham số…",
        run: async () => {
          const parameter = await promptDialog("Mở bằng liên kết", "Tham số sau ?start=", "Mở");
          if (parameter) this.#run.deepLink(parameter);
        },
      });
      if (chat?.started || chat?.blocked) {
        items.push(
          chat.blocked
            ? { icon: "check", label: "Bỏ chặn bot", run: () => attempt(api.block(address, false)) }
            : { icon: "stop", label: "Dừng và chặn bot", danger: true, run: () => attempt(api.block(address, true)) },
        );
      }
    } else {
      if (chat?.is_admin) items.push(...this.#administration());
      items.push(
        chat
          ? { icon: "stop", label: "Rời nhóm", danger: true, run: () => attempt(api.member(address, "left")) }
          : { icon: "check", label: "Vào nhóm", run: () => attempt(api.member(address, "member")) },
      );
    }
    const box = button.getBoundingClientRect();
    openMenu(items, { x: box.right - 240, y: box.bottom + 4 }, button);
  }
}
