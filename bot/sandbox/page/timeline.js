/** The rows of a chat: keeps messages in order, joins albums and runs of one sender, and puts days between them. */

import { el } from "./dom.js";
import { setExpanded } from "./entities.js";
import { renderRow, serviceText } from "./message.js";
import { dayKey, dayName } from "./time.js";

const RUN_SECONDS = 600;

/**
 * @typedef {{messages: Array<Object>, element: HTMLLIElement, day: HTMLLIElement|null}} Row
 */

/** The list of messages of the open chat. */
export class Timeline {
  #list;
  #actions;
  #scene = { viewer: 0, group: false };
  /** @type {Array<Row>} */
  #rows = [];
  /** @type {Map<number, Row>} */
  #byId = new Map();

  /**
   * @param {HTMLOListElement} list
   * @param {import("./message.js").MessageActions & import("./entities.js").TextActions} actions
   */
  constructor(list, actions) {
    this.#list = list;
    this.#actions = actions;
    list.addEventListener("keydown", (event) => this.#walk(event));
    list.addEventListener("focusin", (event) => this.#remember(event.target.closest(".row")));
  }

  /** @returns {number} how many messages are shown */
  get size() {
    return this.#byId.size;
  }

  /** @returns {number|undefined} the id of the oldest message shown */
  get oldest() {
    return this.#rows[0]?.messages[0].message_id;
  }

  /**
   * Find the newest message that a test accepts.
   *
   * @param {function(Object): boolean} accepts
   * @returns {Object|undefined}
   */
  latest(accepts) {
    for (let index = this.#rows.length - 1; index >= 0; index -= 1) {
      const found = this.#rows[index].messages.findLast(accepts);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * @param {number} id
   * @returns {Object|undefined} the message as it is now
   */
  message(id) {
    return this.#byId.get(id)?.messages.find((message) => message.message_id === id);
  }

  /**
   * @param {number} id
   * @returns {HTMLLIElement|undefined} the row that shows a message
   */
  element(id) {
    return this.#byId.get(id)?.element;
  }

  /**
   * Show another chat.
   *
   * @param {Array<Object>} messages oldest first
   * @param {{viewer: number, group: boolean}} scene
   */
  show(messages, scene) {
    this.#scene = scene;
    this.#rows = [];
    this.#byId.clear();
    this.#list.replaceChildren();
    this.prepend(messages);
  }

  /**
   * Put older messages before those shown.
   *
   * @param {Array<Object>} messages oldest first
   */
  prepend(messages) {
    const rows = [];
    for (const message of messages) {
      if (this.#byId.has(message.message_id)) continue;
      const last = rows.at(-1);
      if (last && sameAlbum(last.messages.at(-1), message)) last.messages.push(message);
      else rows.push({ messages: [message], element: null, day: null });
    }
    const next = this.#rows[0];
    if (next && rows.length && sameAlbum(rows.at(-1).messages.at(-1), next.messages[0])) {
      next.messages.unshift(...rows.pop().messages);
      this.#draw(next);
    }
    const fragment = document.createDocumentFragment();
    for (const row of rows) {
      this.#draw(row);
      fragment.append(row.element);
    }
    this.#rows.unshift(...rows);
    this.#list.prepend(fragment);
    for (let index = 0; index <= Math.min(rows.length, this.#rows.length - 1); index += 1) this.#settle(index);
    this.#focusable();
  }

  /**
   * Put a new message at the end.
   *
   * @param {Object} message
   * @returns {boolean} false when it is there already
   */
  add(message) {
    if (this.#byId.has(message.message_id)) return false;
    const last = this.#rows.at(-1);
    if (last && sameAlbum(last.messages.at(-1), message)) {
      last.messages.push(message);
      this.#draw(last);
    } else {
      const row = { messages: [message], element: null, day: null };
      this.#draw(row);
      row.element.classList.add("arriving");
      this.#rows.push(row);
      this.#list.append(row.element);
    }
    this.#settle(this.#rows.length - 2);
    this.#settle(this.#rows.length - 1);
    this.#focusable();
    return true;
  }

  /**
   * Show a message as it is now; one that is not loaded is left out.
   *
   * @param {Object} message
   */
  update(message) {
    const row = this.#byId.get(message.message_id);
    if (!row) return;
    row.messages = row.messages.map((each) => (each.message_id === message.message_id ? message : each));
    this.#draw(row);
    this.#settle(this.#rows.indexOf(row));
  }

  /**
   * Take messages away.
   *
   * @param {Array<number>} ids
   */
  remove(ids) {
    for (const id of ids) {
      const row = this.#byId.get(id);
      if (!row) continue;
      this.#byId.delete(id);
      row.messages = row.messages.filter((message) => message.message_id !== id);
      const index = this.#rows.indexOf(row);
      if (row.messages.length) {
        this.#draw(row);
        this.#settle(index);
        continue;
      }
      row.day?.remove();
      row.element.remove();
      this.#rows.splice(index, 1);
      this.#settle(index - 1);
      this.#settle(index);
    }
    this.#focusable();
  }

  /**
   * Take the oldest messages away, so that a long run of new ones doesn't fill the memory.
   *
   * @param {number} keep how many rows stay
   */
  trim(keep) {
    for (const row of this.#rows.splice(0, Math.max(0, this.#rows.length - keep))) {
      row.day?.remove();
      row.element.remove();
      for (const message of row.messages) this.#byId.delete(message.message_id);
    }
    this.#settle(0);
    this.#focusable();
  }

  #draw(row) {
    const before = row.element;
    const element = renderRow(row.messages, this.#scene, this.#actions);
    row.element = element;
    for (const message of row.messages) this.#byId.set(message.message_id, row);
    if (!before?.parentElement) return;
    element.tabIndex = before.tabIndex;
    keepOpened(before, element);
    const focus = before.contains(document.activeElement) ? focusPath(before) : null;
    before.replaceWith(element);
    focus?.(element);
  }

  /** Give a row its day line and its place in a run of messages of one sender. */
  #settle(index) {
    const row = this.#rows[index];
    if (!row) return;
    const previous = this.#rows[index - 1];
    const next = this.#rows[index + 1];
    const day = dayKey(row.messages[0].date);
    const begins = !previous || dayKey(previous.messages[0].date) !== day;
    if (begins && !row.day) {
      row.day = el("li", { class: "day" }, el("span", { class: "pill" }, dayName(day)));
      row.element.before(row.day);
    } else if (!begins && row.day) {
      row.day.remove();
      row.day = null;
    }
    row.element.classList.toggle("first", begins || !sameRun(previous, row));
    row.element.classList.toggle("last", !next || !sameRun(row, next));
  }

  /** Exactly one row can be reached with Tab; the arrow keys walk on from it. */
  #focusable() {
    if (this.#list.querySelector('.row[tabindex="0"]')) return;
    const last = this.#rows.at(-1);
    if (last) last.element.tabIndex = 0;
  }

  #remember(row) {
    if (!row || row.tabIndex === 0) return;
    for (const other of this.#list.querySelectorAll('.row[tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
  }

  #walk(event) {
    const row = event.target.closest(".row");
    if (event.target !== row) return;
    const index = this.#rows.findIndex((each) => each.element === row);
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: this.#rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#rows[to]?.element.focus();
    } else if (event.key === "Enter" || event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      const box = (row.querySelector(".bubble") ?? row).getBoundingClientRect();
      this.#actions.openMenu(this.#rows[index].messages[0], row, { x: box.left + 16, y: box.bottom });
    }
  }
}

function sameAlbum(first, second) {
  return Boolean(first.media_group_id) && first.media_group_id === second.media_group_id;
}

function sameRun(first, second) {
  const [one, two] = [first.messages.at(-1), second.messages[0]];
  return (
    !serviceText(one) &&
    !serviceText(two) &&
    (one.from?.id ?? one.sender_chat?.id) === (two.from?.id ?? two.sender_chat?.id) &&
    dayKey(one.date) === dayKey(two.date) &&
    two.date - one.date < RUN_SECONDS
  );
}

/** What the person opened stays open when a message is drawn again. */
function keepOpened(before, after) {
  const quotes = after.querySelectorAll(".quote.expandable");
  before.querySelectorAll(".quote.expandable").forEach((quote, index) => {
    if (quote.classList.contains("expanded") && quotes[index]) setExpanded(quotes[index], true);
  });
  const covers = after.querySelectorAll(".spoiler");
  before.querySelectorAll(".spoiler").forEach((cover, index) => {
    if (cover.classList.contains("revealed")) covers[index]?.click();
  });
}

function focusPath(before) {
  const controls = (element) => [...element.querySelectorAll("button, a, input, [role=button]")];
  const index = controls(before).indexOf(document.activeElement);
  return (element) => (controls(element)[index] ?? element).focus({ preventScroll: true });
}
