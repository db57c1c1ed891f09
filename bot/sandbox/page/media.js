/** Photos, albums, documents, voice, video and stickers inside a message. */

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";
import { duration } from "./time.js";

const SHOWN_WIDTH = 800;
const UNITS = ["B", "KB", "MB", "GB"];

/**
 * @param {number} bytes
 * @returns {string} such as "1,2 MB"
 */
export function fileSize(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toLocaleString("vi-VN", { maximumFractionDigits: unit ? 1 : 0 })} ${UNITS[unit]}`;
}

/**
 * @param {string} name a file name
 * @returns {string} its ending for a badge, at most four letters
 */
export function extension(name) {
  const found = /\.([\p{L}\p{N}]{1,8})$/u.exec(name ?? "");
  return found ? found[1].slice(0, 4).toUpperCase() : "";
}

/**
 * Render what a message carries besides text; null for a message of text alone.
 *
 * @param {Object} message
 * @param {function(Object): void} openPhoto shows a photo message large
 * @returns {HTMLElement|null}
 */
export function renderMedia(message, openPhoto) {
  if (message.photo) return photo(message, openPhoto);
  if (message.video) return video(message.video);
  if (message.document) return documentCard(message.document);
  if (message.voice) return voice(message.voice);
  if (message.sticker) return sticker(message.sticker);
  return null;
}

/**
 * Render the photos of an album as a grid, its documents as a list.
 *
 * @param {Array<Object>} messages
 * @param {function(Object): void} openPhoto
 * @returns {HTMLElement}
 */
export function renderAlbum(messages, openPhoto) {
  const grid = messages.every((message) => message.photo ?? message.video);
  return el(
    "div",
    { class: grid ? "album" : "album-list", dataset: { count: Math.min(messages.length, 10) } },
    messages.map((message) => renderMedia(message, openPhoto)),
  );
}

/**
 * Choose the photo size for a width: the smallest that fills it, else the largest.
 *
 * @param {Array<Object>} sizes
 * @param {number} [width]
 * @returns {Object}
 */
export function photoSize(sizes, width = SHOWN_WIDTH) {
  const sorted = [...sizes].sort((a, b) => a.width - b.width);
  return sorted.find((size) => size.width >= width) ?? sorted.at(-1);
}

function photo(message, openPhoto) {
  const size = photoSize(message.photo);
  const label = message.caption ? `Ảnh: ${message.caption.slice(0, 200)}` : "Ảnh";
  return el(
    "button",
    { type: "button", class: "photo", "aria-label": `${label}. Bấm để xem lớn`, on: { click: () => openPhoto(message) } },
    el("img", {
      src: fileUrl(size.file_unique_id),
      width: size.width,
      height: size.height,
      alt: label,
      decoding: "async",
    }),
  );
}

function video(file) {
  return el("video", {
    class: "video",
    src: fileUrl(file.file_unique_id),
    controls: true,
    preload: "metadata",
    width: file.width,
    height: file.height,
  });
}

function documentCard(file) {
  const name = file.file_name ?? "Tệp không tên";
  const size = file.file_size ? fileSize(file.file_size) : "";
  return el(
    "a",
    { class: "document", href: fileUrl(file.file_unique_id, true), download: name, "aria-label": `Tải tệp ${name}, ${size}` },
    el("span", { class: "document-icon" }, icon("download"), el("span", { class: "extension" }, extension(name))),
    el("span", { class: "document-text" }, el("span", { class: "document-name" }, name), el("span", { class: "document-size" }, size)),
  );
}

function voice(file) {
  return el(
    "div",
    { class: "audio" },
    el("span", { class: "audio-title" }, "Tin thoại", file.duration ? ` · ${duration(file.duration)}` : ""),
    el("audio", { src: fileUrl(file.file_unique_id), controls: true, preload: "none" }),
  );
}

function sticker(file) {
  return el("div", { class: "sticker", role: "img", "aria-label": `Nhãn dán ${file.emoji ?? ""}` }, file.emoji ?? "🖼️");
}
