/** The keyboard that a bot puts under the composer. */

import { el } from "./dom.js";

/** Shows the reply keyboard in force; it can be folded away and opened again. */
export class ReplyKeyboard {
  #panel;
  #toggle;
  #send;
  #unsupported;

  /**
   * @param {HTMLElement} panel
   * @param {HTMLButtonElement} toggle folds and opens it
   * @param {function(string): void} send sends a button's text
   * @param {function(string): void} unsupported tells the person why nothing happens
   */
  constructor(panel, toggle, send, unsupported) {
    this.#panel = panel;
    this.#toggle = toggle;
    this.#send = send;
    this.#unsupported = unsupported;
    toggle.addEventListener("click", () => this.#open(panel.hidden));
  }

  /**
   * Show a keyboard, or none.
   *
   * @param {Object|null} keyboard as in the chat's `keyboard`
   */
  show(keyboard) {
    const rows = keyboard?.keyboard ?? [];
    this.#toggle.hidden = rows.length === 0;
    this.#panel.replaceChildren(
      ...rows.map((row) => el("div", { class: "keyboard-row" }, row.map((button) => this.#button(button, keyboard)))),
    );
    this.#open(rows.length > 0);
  }

  #button(button, keyboard) {
    const text = typeof button === "string" ? button : button.text;
    const special = typeof button === "object" && Object.keys(button).some((key) => key.startsWith("request_") || key === "web_app");
    const press = () => {
      if (special) this.#unsupported("Nút này cần ứng dụng Telegram thật.");
      else this.#send(text);
      if (keyboard.one_time_keyboard) this.#open(false);
    };
    return el(
      "button",
      { type: "button", class: `reply-button ${button.style ? `style-${button.style}` : ""}`, on: { click: press } },
      text,
    );
  }

  #open(open) {
    this.#panel.hidden = !open || this.#toggle.hidden;
    this.#toggle.setAttribute("aria-expanded", String(!this.#panel.hidden));
    this.#toggle.classList.toggle("active", !this.#panel.hidden);
  }
}
