/** One row of a chat: a message, an album, or a line about what happened. */

import { el, icon, iconButton } from "./dom.js";
import { renderText } from "./entities.js";
import { renderInlineKeyboard } from "./inline_keyboard.js";
import { renderAlbum, renderMedia } from "./media.js";
import { personColor, personName } from "./people.js";
import { renderPoll } from "./poll.js";
import { clock, fullTime } from "./time.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u;

/**
 * @typedef {Object} MessageActions what can be done to a message, besides TextActions; those that ask the server return
 *   a promise and tell the person about refusals themselves
 * @property {function(Object, number, number): Promise<void>} press
 * @property {function(Object, Array<number>): Promise<void>} vote rejects when refused
 * @property {function(Object, string): Promise<void>} toggleReaction
 * @property {function(string, boolean): void} switchInline
 * @property {function(string): void} unsupported
 * @property {function(number): void} jumpTo
 * @property {function(Object): void} openPhoto
 * @property {function(Object, HTMLElement, {x: number, y: number}|null): void} openMenu
 */

/**
 * Say in one line what a message is, for previews, replies and screen readers.
 *
 * @param {Object} message
 * @returns {string}
 */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (message.photo) return text ? `🖼 ${text}` : "🖼 Ảnh";
  if (message.document) return `📎 ${message.document.file_name ?? "Tệp"}${text ? ` · ${text}` : ""}`;
  if (message.voice) return "🎤 Tin thoại";
  if (message.video) return `🎬 ${text ?? "Video"}`;
  if (message.sticker) return `${message.sticker.emoji ?? ""} Nhãn dán`.trim();
  if (message.poll) return `📊 ${message.poll.question}`;
  return text ?? serviceText(message) ?? "Tin nhắn";
}

/**
 * Say what a service message reports; null for other messages.
 *
 * @param {Object} message
 * @returns {string|null}
 */
export function serviceText(message) {
  const who = personName(message.sender_chat ?? message.from);
  if (message.new_chat_members) {
    const people = message.new_chat_members;
    if (people.length === 1 && people[0].id === message.from?.id) return `${who} đã vào nhóm`;
    return `${who} đã thêm ${people.map(personName).join(", ")}`;
  }
  if (message.left_chat_member) {
    const gone = message.left_chat_member;
    return gone.id === message.from?.id ? `${who} đã rời nhóm` : `${who} đã đưa ${personName(gone)} ra khỏi nhóm`;
  }
  if (message.forum_topic_created) return `${who} đã mở chủ đề “${message.forum_topic_created.name}”`;
  if (message.migrate_to_chat_id) return "Nhóm đang được nâng cấp";
  if (message.migrate_from_chat_id) return "Nhóm đã được nâng cấp thành siêu nhóm";
  if (message.pinned_message) return `${who} đã ghim “${shorten(summary(message.pinned_message), 60)}”`;
  return null;
}

/**
 * @param {string} text
 * @param {number} length
 * @returns {string} at most `length` characters on one line
 */
export function shorten(text, length) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/**
 * Render a row.
 *
 * @param {Array<Object>} messages one message, or those of an album
 * @param {{viewer: number, group: boolean}} scene who looks, and where
 * @param {MessageActions & import("./entities.js").TextActions} actions
 * @returns {HTMLLIElement}
 */
export function renderRow(messages, scene, actions) {
  const [message] = messages;
  const service = serviceText(message);
  const row = el("li", {
    class: "row",
    id: `m${message.message_id}`,
    tabindex: "-1",
    dataset: { id: message.message_id },
  });
  if (service) {
    row.classList.add("service");
    const target = message.pinned_message?.message_id;
    row.append(
      target
        ? el("button", { type: "button", class: "pill", on: { click: () => actions.jumpTo(target) } }, service)
        : el("span", { class: "pill" }, service),
    );
    return row;
  }
  const own = message.from?.id === scene.viewer;
  row.classList.add(own ? "out" : "in");
  const name = own ? "Anh/chị" : personName(message.sender_chat ?? message.from);
  row.setAttribute("aria-label", `${name}, ${clock(message.date)}: ${shorten(summary(message), 120)}`);
  if (scene.group && !own) row.append(avatar(message.sender_chat ?? message.from));
  row.append(body(messages, scene, own, name, actions));
  row.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, audio, video") || String(getSelection())) return;
    event.preventDefault();
    const place = event.clientX ? { x: event.clientX, y: event.clientY } : null;
    const open = () => actions.openMenu(closest(messages, event.target), row, place);
    // Letting the button go outside of a popover closes it: where it is still down, the menu waits for that.
    if (event.buttons) addEventListener("pointerup", () => setTimeout(open), { once: true });
    else open();
  });
  return row;
}

function closest(messages, target) {
  const album = [...(target.closest(".album, .album-list")?.children ?? [])];
  const index = album.findIndex((child) => child.contains(target));
  return messages[Math.max(0, index)];
}

function avatar(person) {
  const name = personName(person);
  return el("span", { class: "avatar small", dataset: { color: personColor(person) }, "aria-hidden": "true" }, name.slice(0, 1));
}

function body(messages, scene, own, name, actions) {
  const [message] = messages;
  const captioned = messages.find((each) => each.caption) ?? message;
  const text = message.text ?? captioned.caption;
  const entities = message.text ? message.entities : captioned.caption_entities;
  const media = messages.length > 1 ? renderAlbum(messages, actions.openPhoto) : renderMedia(message, actions.openPhoto);
  const large = Boolean(message.sticker) || (Boolean(message.text) && !entities?.length && ONLY_EMOJI.test(message.text));
  const kind = [
    "bubble",
    large && "large",
    media?.matches(".photo, .album, .video") && "visual",
    media?.matches(".photo, .album, .video") && !text && "bare",
    message.poll && "with-poll",
  ];
  const bubble = el(
    "div",
    { class: kind.filter(Boolean).join(" ") },
    scene.group && !own
      ? el("span", { class: "sender", dataset: { color: personColor(message.sender_chat ?? message.from) } }, name)
      : null,
    message.via_bot ? el("span", { class: "via" }, `qua @${message.via_bot.username}`) : null,
    message.reply_to_message ? quoted(message, actions) : null,
    media,
    message.poll ? renderPoll(message, scene.viewer, actions) : null,
  );
  const given = reactions(message, scene.viewer, actions);
  const words = text ? el("div", { class: "text" }, renderText(text, entities, actions)) : null;
  const inText = words && !given && !large;
  // The time stands at the end of the last line where there is room for it.
  if (inText) words.append(meta(captioned, own));
  if (words) bubble.append(words);
  if (!inText) bubble.append(el("div", { class: "below" }, given, meta(captioned, own)));
  const more = iconButton("more", "Việc với tin nhắn này", {
    class: "row-menu",
    tabindex: "-1",
    "aria-haspopup": "menu",
  });
  more.addEventListener("click", () => {
    const box = more.getBoundingClientRect();
    actions.openMenu(message, more, { x: box.left, y: box.bottom });
  });
  return el("div", { class: "stack" }, el("div", { class: "line" }, bubble, more), renderInlineKeyboard(message, actions));
}

function quoted(message, actions) {
  const original = message.reply_to_message;
  const text = summary(original);
  return el(
    "button",
    {
      type: "button",
      class: "reply-quote",
      dataset: { color: personColor(original.sender_chat ?? original.from) },
      "aria-label": `Trả lời ${personName(original.sender_chat ?? original.from)}: ${shorten(text, 100)}. Bấm để tới tin đó`,
      on: { click: () => actions.jumpTo(original.message_id) },
    },
    el("span", { class: "reply-name" }, personName(original.sender_chat ?? original.from)),
    el("span", { class: "reply-text" }, shorten(text, 120)),
  );
}

function meta(message, own) {
  const edited = message.edit_date && !message.poll ? `đã sửa lúc ${fullTime(message.edit_date)}` : "";
  return el(
    "span",
    { class: "meta", title: [fullTime(message.date), edited].filter(Boolean).join(", ") },
    message.sandbox?.pinned ? el("span", { class: "pin-mark", title: "Đã ghim" }, icon("pin")) : null,
    edited ? el("span", { class: "edited" }, "đã sửa") : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    own ? el("span", { class: "sent", title: "Đã gửi" }, icon("check")) : null,
  );
}

function reactions(message, viewer, actions) {
  const given = message.sandbox?.reactions ?? [];
  if (!given.length) return null;
  return el(
    "span",
    { class: "reactions" },
    given.map(({ emoji, user_ids: users }) => {
      const mine = users.includes(viewer);
      return el(
        "button",
        {
          type: "button",
          class: `reaction ${mine ? "mine" : ""}`,
          "aria-pressed": String(mine),
          "aria-label": `${emoji} ${users.length} người`,
          on: { click: () => actions.toggleReaction(message, emoji) },
        },
        el("span", {}, emoji),
        el("span", { class: "reaction-count" }, users.length),
      );
    }),
  );
}
