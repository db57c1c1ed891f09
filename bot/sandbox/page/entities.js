/** Text with Telegram's message entities, as nested elements. */

import { el, icon, iconButton, isActivation } from "./dom.js";

const SCHEMES = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/**
 * @typedef {Object} TextActions what a click inside a text does
 * @property {function(URL): boolean} openLink takes a link that stays inside the page (a deep link to the bot); false
 *   leaves it to the browser
 * @property {function(string): void} command sends a bot command
 * @property {function(string, string): void} copy puts a text on the clipboard and says so
 */

/**
 * Return an address that may become a link, or null.
 *
 * @param {string} address
 * @returns {URL|null}
 */
export function safeUrl(address) {
  const text = address.trim();
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  let url;
  try {
    url = new URL(candidate);
  } catch {
    return null;
  }
  return SCHEMES.has(url.protocol) ? url : null;
}

/**
 * Turn a text and its entities into nodes. Offsets count UTF-16 code units, as JavaScript's strings do.
 *
 * @param {string} text
 * @param {Array<Object>} entities
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
export function renderText(text, entities, actions) {
  const sorted = [...(entities ?? [])]
    .filter((entity) => entity.length > 0 && entity.offset >= 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...nest(text, 0, text.length, sorted, actions));
  return fragment;
}

function nest(text, from, to, entities, actions) {
  const nodes = [];
  let position = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (start >= end) continue;
    const inside = [];
    while (index < entities.length && entities[index].offset < end) inside.push(entities[index++]);
    const block = BLOCKS.has(entity.type);
    // A block breaks the line by itself; the line feed beside it would leave an empty line.
    nodes.push(block ? text.slice(position, start).replace(/\n$/, "") : text.slice(position, start));
    const children = nest(text, start, end, inside, actions).filter((node) => node !== "");
    nodes.push(wrap(entity, text.slice(start, end), children, actions));
    position = block && text[end] === "\n" ? end + 1 : end;
  }
  nodes.push(text.slice(position, to));
  return nodes;
}

function wrap(entity, text, children, actions) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
      return el(TAGS[entity.type], {}, ...children);
    case "spoiler":
      return spoiler(children);
    case "code":
      return copyable(text, children, actions);
    case "pre":
      return codeBlock(entity.language, text, children, actions);
    case "blockquote":
      return el("blockquote", { class: "quote" }, ...children);
    case "expandable_blockquote":
      return expandableQuote(children);
    case "text_link":
      return link(entity.url, children, actions);
    case "url":
      return link(text, children, actions);
    case "email":
      return link(`mailto:${text}`, children, actions);
    case "phone_number":
      return link(`tel:${text.replace(/[^+\d]/g, "")}`, children, actions);
    case "bot_command":
      return el(
        "button",
        { type: "button", class: "text-button", on: { click: () => actions.command(text) } },
        ...children,
      );
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, ...children);
    default:
      return el("span", {}, ...children);
  }
}

function link(address, children, actions) {
  const url = safeUrl(address ?? "");
  if (!url) return el("span", {}, ...children);
  return el(
    "a",
    {
      href: url.href,
      title: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      on: { click: (event) => actions.openLink(url) && event.preventDefault() },
    },
    ...children,
  );
}

function spoiler(children) {
  const inner = el("span", { class: "spoiler-text", "aria-hidden": "true" }, ...children);
  // A real button cannot break over lines inside running text.
  const cover = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Nội dung ẩn, bấm để xem" }, inner);
  const reveal = (event) => {
    if (cover.classList.contains("revealed")) return;
    event.preventDefault();
    event.stopPropagation();
    cover.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    inner.removeAttribute("aria-hidden");
  };
  cover.addEventListener("click", reveal, true);
  cover.addEventListener("keydown", (event) => isActivation(event) && reveal(event));
  return cover;
}

function copyable(text, children, actions) {
  const run = () => actions.copy(text, "Đã chép vào bảng nhớ");
  return el(
    "code",
    {
      role: "button",
      tabindex: "0",
      title: "Bấm để chép",
      on: {
        click: run,
        keydown: (event) => {
          if (!isActivation(event)) return;
          event.preventDefault();
          run();
        },
      },
    },
    ...children,
  );
}

function codeBlock(language, text, children, actions) {
  return el(
    "div",
    { class: "code-block" },
    el(
      "div",
      { class: "code-head" },
      el("span", {}, language || "mã"),
      iconButton("copy", "Chép đoạn mã", { on: { click: () => actions.copy(text, "Đã chép đoạn mã") } }),
    ),
    el("pre", {}, el("code", {}, ...children)),
  );
}

// Tells quotes that are longer than their three lines; one observer for all.
const measuring = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const quote = target.parentElement;
    if (!quote || quote.classList.contains("expanded")) continue;
    quote.classList.toggle("clipped", target.scrollHeight > target.clientHeight + 2);
  }
});

function expandableQuote(children) {
  const body = el("div", { class: "quote-body" }, ...children);
  const toggle = el(
    "button",
    { type: "button", class: "quote-toggle", "aria-expanded": "false", "aria-label": "Mở rộng trích dẫn" },
    icon("down"),
  );
  const quote = el("blockquote", { class: "quote expandable" }, body, toggle);
  quote.addEventListener("click", (event) => {
    if (event.target.closest("a, button:not(.quote-toggle), .spoiler, code")) return;
    if (String(getSelection()) && !event.target.closest(".quote-toggle")) return;
    if (quote.classList.contains("clipped") || quote.classList.contains("expanded")) {
      setExpanded(quote, !quote.classList.contains("expanded"));
    }
  });
  measuring.observe(body);
  return quote;
}

/**
 * Open or close an expandable quote.
 *
 * @param {HTMLElement} quote
 * @param {boolean} expanded
 */
export function setExpanded(quote, expanded) {
  quote.classList.toggle("expanded", expanded);
  const toggle = quote.querySelector(".quote-toggle");
  toggle.setAttribute("aria-expanded", String(expanded));
  toggle.setAttribute("aria-label", expanded ? "Thu gọn trích dẫn" : "Mở rộng trích dẫn");
}
