/** What the composer offers while one types: commands after "/", the bot's inline results after its name. */

import { api, ApiError } from "./api.js";
import { el, icon } from "./dom.js";
import { shorten } from "./message.js";

const WAIT_MS = 250;

/**
 * @typedef {Object} SuggestionActions
 * @property {function(string): void} sendCommand sends a command at once
 * @property {function(string): void} complete puts a text into the composer
 * @property {function(string, string): void} choose sends an inline result
 * @property {function(string): void} openDeepLink follows an inline answer's button
 */

/** The list over the composer. */
export class Suggestions {
  #panel;
  #input;
  #actions;
  #items = [];
  #active = -1;
  #timer = 0;
  #abort = null;
  #query = null;

  /**
   * @param {HTMLElement} panel
   * @param {HTMLTextAreaElement} input
   * @param {SuggestionActions} actions
   */
  constructor(panel, input, actions) {
    this.#panel = panel;
    this.#input = input;
    this.#actions = actions;
    panel.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** @returns {boolean} */
  get isOpen() {
    return !this.#panel.hidden;
  }

  /**
   * Offer what fits the text now.
   *
   * @param {string} text
   * @param {{address: import("./api.js").Address, commands: Array<Object>, bot: Object}} where
   */
  update(text, where) {
    const name = `@${where.bot.username ?? ""}`;
    const inline = where.bot.supports_inline_queries && name.length > 1;
    if (inline && text.toLowerCase().startsWith(`${name.toLowerCase()} `)) {
      this.#ask(where.address, text.slice(name.length + 1));
      return;
    }
    this.#forget();
    const typed = /^\/([a-z0-9_]*)$/i.exec(text);
    if (typed) this.#offerCommands(where.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())));
    else if (inline && text.startsWith("@") && name.toLowerCase().startsWith(text.toLowerCase())) this.#offerName(name, where.bot);
    else this.close();
  }

  /**
   * Show all commands, as the "Menu" button does.
   *
   * @param {Array<Object>} commands
   */
  showCommands(commands) {
    this.#forget();
    this.#offerCommands(commands);
  }

  /** Close the list and forget a question under way. */
  close() {
    this.#forget();
    this.#show([], "");
  }

  /**
   * Take a key typed in the composer.
   *
   * @param {KeyboardEvent} event
   * @returns {boolean} true when it was meant for the list
   */
  key(event) {
    if (!this.isOpen || !this.#items.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#activate((this.#active + step + this.#items.length) % this.#items.length);
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) this.#items[this.#active].pick();
    else if (event.key === "Tab" && !event.shiftKey && this.#items[Math.max(0, this.#active)].complete)
      this.#items[Math.max(0, this.#active)].complete();
    else return false;
    event.preventDefault();
    return true;
  }

  #offerCommands(commands) {
    this.#show(
      commands.map(({ command, description }) => ({
        content: [el("span", { class: "command" }, `/${command}`), el("span", { class: "suggestion-text" }, description)],
        pick: () => this.#actions.sendCommand(`/${command}`),
        complete: () => this.#actions.complete(`/${command} `),
      })),
      "Các lệnh của bot",
    );
  }

  #offerName(name, bot) {
    const complete = () => this.#actions.complete(`${name} `);
    const hint = `${bot.first_name}: tra cứu ngay trong ô soạn tin`;
    this.#show(
      [{ content: [el("span", { class: "command" }, name), el("span", { class: "suggestion-text" }, hint)], pick: complete, complete }],
      "Bot",
    );
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = null;
    this.#query = null;
  }

  #ask(address, query) {
    if (query === this.#query) return;
    this.#forget();
    this.#query = query;
    this.#timer = setTimeout(() => this.#load(address, query, "", []), WAIT_MS);
  }

  async #load(address, query, offset, before) {
    const abort = new AbortController();
    this.#abort = abort;
    if (!offset) this.#note("Đang tìm…");
    try {
      const answer = await api.inline(address, query, offset, abort.signal);
      if (this.#query !== query) return;
      const results = [...before, ...answer.results.map((result) => [answer.inline_query_id, result])];
      this.#offerResults(address, query, results, answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#note(error instanceof ApiError ? error.explanation : String(error));
    }
  }

  #offerResults(address, query, results, answer) {
    const items = results.map(([queryId, result]) => ({
      content: resultContent(result),
      pick: () => this.#actions.choose(queryId, result.id),
    }));
    if (answer.button) {
      items.unshift({
        content: [el("span", { class: "result-button" }, answer.button.text)],
        pick: () => this.#actions.openDeepLink(answer.button.start_parameter ?? ""),
      });
    }
    if (answer.next_offset) {
      items.push({
        content: [el("span", { class: "result-button" }, "Xem thêm kết quả")],
        pick: () => this.#load(address, query, answer.next_offset, results),
      });
    }
    if (items.length) this.#show(items, "Kết quả của bot");
    else this.#note("Không có kết quả");
  }

  #note(text) {
    this.#show([], "");
    this.#panel.append(el("p", { class: "suggestion-note", role: "status" }, text));
    this.#panel.hidden = false;
  }

  #show(items, label) {
    this.#items = items;
    this.#panel.setAttribute("aria-label", label);
    this.#panel.replaceChildren(
      ...items.map((item, index) =>
        el(
          "div",
          { class: "suggestion", role: "option", id: `suggestion-${index}`, "aria-selected": "false", on: { click: item.pick } },
          ...item.content,
        ),
      ),
    );
    this.#panel.hidden = items.length === 0;
    this.#activate(-1);
  }

  #activate(index) {
    this.#active = index;
    [...this.#panel.children].forEach((child, each) => child.setAttribute("aria-selected", String(each === index)));
    if (index < 0) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    this.#input.setAttribute("aria-activedescendant", `suggestion-${index}`);
    this.#panel.children[index]?.scrollIntoView({ block: "nearest" });
  }
}

function resultContent(result) {
  const title = result.title ?? result.caption ?? result.input_message_content?.message_text ?? "Kết quả";
  const kinds = { photo: "image", document: "file", article: "file" };
  return [
    el("span", { class: "result-icon" }, icon(kinds[result.type] ?? "file")),
    el(
      "span",
      { class: "result-body" },
      el("span", { class: "result-title" }, shorten(title, 120)),
      result.description ? el("span", { class: "suggestion-text" }, shorten(result.description, 200)) : null,
    ),
  ];
}
