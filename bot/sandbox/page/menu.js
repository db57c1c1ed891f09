/** Menus that open at a point: arrow keys walk, Esc closes, focus returns. */

import { el, icon } from "./dom.js";

/**
 * @typedef {{label: string, icon: string, run: function(): void, danger?: boolean}} MenuItem
 */

/**
 * Open a menu.
 *
 * @param {Array<MenuItem>} items
 * @param {{x: number, y: number}} point
 * @param {HTMLElement} opener gets the focus back
 * @param {HTMLElement|null} [above] something shown over the items
 * @returns {HTMLElement} the menu
 */
export function openMenu(items, point, opener, above = null) {
  document.querySelectorAll(".menu").forEach((other) => other.remove());
  const menu = el("div", { class: "menu", popover: "auto" });
  const list = el(
    "div",
    { role: "menu", class: "menu-items" },
    items.map((item) =>
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: item.danger ? "danger" : "",
          on: {
            click: () => {
              close();
              item.run();
            },
          },
        },
        icon(item.icon),
        item.label,
      ),
    ),
  );
  const close = () => menu.isConnected && menu.hidePopover();
  if (above) menu.append(above);
  menu.append(list);
  document.body.append(menu);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    // Only when the focus is nowhere else: a choice may have moved it to the composer.
    const lost = !document.activeElement || document.activeElement === document.body || menu.contains(document.activeElement);
    menu.remove();
    if (lost && opener.isConnected) opener.focus({ preventScroll: true });
  });
  menu.addEventListener("keydown", (event) => walk(event, menu));
  menu.showPopover();
  place(menu, point);
  menu.querySelector("button")?.focus();
  return menu;
}

function walk(event, menu) {
  const buttons = [...menu.querySelectorAll("button")];
  const index = buttons.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) {
    event.preventDefault();
    buttons[(index + step + buttons.length) % buttons.length].focus();
  } else if (event.key === "Tab") {
    event.preventDefault();
    menu.hidePopover();
  }
}

function place(menu, { x, y }) {
  const box = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(x, innerWidth - box.width - 8));
  const below = y + box.height + 8 <= innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(8, below ? y : Math.min(y, innerHeight) - box.height - 8)}px`;
}
