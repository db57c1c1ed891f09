/** Short notices, alerts, questions and the large view of a photo. */

import { fileUrl } from "./api.js";
import { byId, el, iconButton } from "./dom.js";
import { photoSize } from "./media.js";

const TOAST_MS = 4000;
const LARGE_WIDTH = 2560;

/**
 * Show a short notice that goes by itself.
 *
 * @param {string} text
 */
export function toast(text) {
  const note = el("div", { class: "toast" }, text);
  const box = byId("toasts");
  box.append(note);
  while (box.children.length > 3) box.firstElementChild.remove();
  setTimeout(() => note.remove(), TOAST_MS);
}

/**
 * Show a text until the person has read it.
 *
 * @param {string} title
 * @param {string} text
 * @returns {Promise<void>}
 */
export async function alertDialog(title, text) {
  await ask(title, text, [["ok", "Đã hiểu"]]);
}

/**
 * Ask before something that cannot be undone.
 *
 * @param {string} title
 * @param {string} text
 * @param {string} yes the button that goes on
 * @returns {Promise<boolean>}
 */
export async function confirmDialog(title, text, yes) {
  return (await ask(title, text, [["no", "Không"], ["yes", yes]])) === "yes";
}

/**
 * Ask for one line of text.
 *
 * @param {string} title
 * @param {string} label
 * @param {string} yes the button that goes on
 * @returns {Promise<string|null>} null when given up
 */
export async function promptDialog(title, label, yes) {
  const input = el("input", { type: "text", maxlength: "64", autocomplete: "off", autofocus: true });
  const field = el("label", { class: "field" }, el("span", {}, label), input);
  const answer = await ask(title, field, [["no", "Thôi"], ["yes", yes]]);
  return answer === "yes" && input.value.trim() ? input.value.trim() : null;
}

function ask(title, content, buttons) {
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-labelledby": "dialog-title" },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "dialog-title" }, title),
      typeof content === "string" ? el("p", { class: "dialog-text" }, content) : content,
      el(
        "div",
        { class: "dialog-buttons" },
        buttons.map(([value, label], index) =>
          el("button", { value, class: index === buttons.length - 1 ? "primary" : "" }, label),
        ),
      ),
    ),
  );
  // Enter in a field must mean the last button, not the first.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    dialog.close(buttons.at(-1)[0]);
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

/**
 * Show a photo message large.
 *
 * @param {Object} message
 */
export function showPhoto(message) {
  const size = photoSize(message.photo, LARGE_WIDTH);
  const dialog = el("dialog", { class: "lightbox", "aria-label": "Xem ảnh" });
  dialog.append(
    el("img", { src: fileUrl(size.file_unique_id), alt: message.caption ?? "Ảnh" }),
    message.caption ? el("p", {}, message.caption) : "",
    el(
      "div",
      { class: "lightbox-tools" },
      el("a", { href: fileUrl(size.file_unique_id, true), download: "anh.jpg" }, "Tải về"),
      iconButton("close", "Đóng", { on: { click: () => dialog.close() } }),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
