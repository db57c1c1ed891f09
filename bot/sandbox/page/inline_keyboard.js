/** The buttons under a message. */

import { el, icon } from "./dom.js";
import { safeUrl } from "./entities.js";

/**
 * Render a message's inline keyboard.
 *
 * @param {Object} message
 * @param {import("./message.js").MessageActions} actions
 * @returns {HTMLElement|null} null without buttons
 */
export function renderInlineKeyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el(
    "div",
    { class: "inline-keyboard", role: "group", "aria-label": "Nút dưới tin nhắn" },
    rows.map((row, rowIndex) =>
      el("div", { class: "keyboard-row" }, row.map((button, column) => render(button, message, rowIndex, column, actions))),
    ),
  );
}

function render(button, message, row, column, actions) {
  const style = button.style ? `style-${button.style}` : "";
  if (button.url !== undefined) return linkButton(button, style, actions);
  const [mark, run] = action(button, message, row, column, actions);
  const element = el(
    "button",
    { type: "button", class: `inline-button ${style}` },
    el("span", { class: "button-text" }, button.text),
    mark ? el("span", { class: "button-mark" }, icon(mark)) : null,
  );
  element.addEventListener("click", async () => {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    try {
      await run();
    } finally {
      element.removeAttribute("aria-busy");
    }
  });
  return element;
}

function action(button, message, row, column, actions) {
  if (button.callback_data !== undefined) return [null, () => actions.press(message, row, column)];
  if (button.copy_text) return ["copy", () => actions.copy(button.copy_text.text, "Đã chép vào bảng nhớ")];
  if (button.switch_inline_query_current_chat !== undefined)
    return ["at", () => actions.switchInline(button.switch_inline_query_current_chat, true)];
  const elsewhere = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (elsewhere !== undefined) return ["forward", () => actions.switchInline(elsewhere, false)];
  return ["window", () => actions.unsupported("Nút này cần ứng dụng Telegram thật.")];
}

function linkButton(button, style, actions) {
  const url = safeUrl(button.url);
  const content = [el("span", { class: "button-text" }, button.text), el("span", { class: "button-mark" }, icon("arrow"))];
  if (!url) {
    return el("button", { type: "button", class: `inline-button ${style}`, disabled: true }, ...content);
  }
  return el(
    "a",
    {
      class: `inline-button ${style}`,
      href: url.href,
      title: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      on: { click: (event) => actions.openLink(url) && event.preventDefault() },
    },
    ...content,
  );
}
