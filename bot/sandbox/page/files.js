/** Choosing, dropping and pasting files, and the sheet that sends them. */

import { el, icon } from "./dom.js";
import { extension, fileSize } from "./media.js";

const MAX_FILES = 10;
const MAX_BYTES = 50 * 1024 * 1024;
const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
const CAPTION_CHARACTERS = 1024;
const PHOTO_TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);
const PREVIEW_SIDE = 128;

/**
 * Let files be dropped on and pasted into an element.
 *
 * @param {HTMLElement} zone
 * @param {HTMLElement} paste where pasting counts
 * @param {function(Array<File>): void} take
 */
export function acceptFiles(zone, paste, take) {
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    zone.classList.toggle("dropping", depth > 0);
  };
  zone.addEventListener("dragenter", (event) => hasFiles(event) && mark(1));
  zone.addEventListener("dragleave", (event) => hasFiles(event) && mark(-1));
  zone.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  zone.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(-depth);
    take([...event.dataTransfer.files]);
  });
  paste.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
}

/**
 * Show the sheet that asks how files are to be sent.
 *
 * @param {Array<File>} files
 * @param {string} caption what stands in the composer already
 * @param {function({files: Array<File>, kind: string, caption: string}): Promise<boolean>} send false keeps the sheet
 * @param {function(string): void} tell tells the person what is wrong
 */
export function openUpload(files, caption, send, tell) {
  if (files.length > MAX_FILES) {
    tell(`Mỗi lần gửi được tối đa ${MAX_FILES} tệp; anh/chị đã chọn ${files.length}.`);
    return;
  }
  const large = files.find((file) => file.size > MAX_BYTES);
  if (large) {
    tell(`Tệp tối đa 50 MB; “${large.name}” nặng ${fileSize(large.size)}.`);
    return;
  }
  const photos = files.every((file) => PHOTO_TYPES.has(file.type) && file.size <= MAX_PHOTO_BYTES);
  const voice = files.length === 1 && files[0].type.startsWith("audio/");
  const video = files.length === 1 && files[0].type.startsWith("video/");
  const kinds = [
    photos && ["photo", "Ảnh"],
    ["document", "Tệp"],
    voice && ["voice", "Tin thoại"],
    video && ["video", "Video"],
  ].filter(Boolean);
  const input = el("textarea", { class: "caption-input", rows: "2", maxlength: String(CAPTION_CHARACTERS), placeholder: "Chú thích…", "aria-label": "Chú thích" });
  input.value = caption.slice(0, CAPTION_CHARACTERS);
  const submit = el("button", { class: "primary", value: "send" }, "Gửi");
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "upload-title" }, files.length === 1 ? "Gửi một tệp" : `Gửi ${files.length} tệp`),
    el("ul", { class: "upload-list" }, files.map(preview)),
    el(
      "fieldset",
      { class: "upload-kinds", hidden: kinds.length < 2 },
      el("legend", { class: "hidden-text" }, "Gửi dưới dạng"),
      kinds.map(([value, label], index) =>
        el("label", {}, el("input", { type: "radio", name: "kind", value, checked: index === 0 }), label),
      ),
    ),
    input,
    el("div", { class: "dialog-buttons" }, el("button", { value: "cancel", formnovalidate: true, type: "button", class: "cancel" }, "Thôi"), submit),
  );
  const dialog = el("dialog", { class: "dialog upload", "aria-labelledby": "upload-title" }, form);
  form.querySelector(".cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    submit.setAttribute("aria-busy", "true");
    const kind = new FormData(form).get("kind") ?? kinds[0][0];
    const sent = await send({ files, kind, caption: input.value.trim() });
    if (sent) dialog.close();
    submit.disabled = false;
    submit.removeAttribute("aria-busy");
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(submit);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}

function preview(file) {
  const badge = el("span", { class: "document-icon" }, icon("file"), el("span", { class: "extension" }, extension(file.name)));
  if (PHOTO_TYPES.has(file.type)) drawPreview(file, badge);
  return el(
    "li",
    {},
    badge,
    el(
      "span",
      { class: "document-text" },
      el("span", { class: "document-name" }, file.name),
      el("span", { class: "document-size" }, fileSize(file.size)),
    ),
  );
}

/** Draw on a canvas: the page's Content-Security-Policy allows no blob: images. */
async function drawPreview(file, badge) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return; // not an image after all: the badge stays
  }
  const canvas = el("canvas", { class: "upload-preview", width: PREVIEW_SIDE, height: PREVIEW_SIDE, "aria-hidden": "true" });
  const scale = Math.max(PREVIEW_SIDE / bitmap.width, PREVIEW_SIDE / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  canvas.getContext("2d").drawImage(bitmap, (PREVIEW_SIDE - width) / 2, (PREVIEW_SIDE - height) / 2, width, height);
  bitmap.close();
  badge.replaceWith(canvas);
}
