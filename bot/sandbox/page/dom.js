/** Builds elements. Text always goes in as text, so nothing a person or a bot writes can become HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Object<string, *>} [properties] `class`, `dataset`, `on` (listeners), `style` (through the CSSOM: the
 *   page's Content-Security-Policy allows no style attribute); the others become attributes: false and null leave one
 *   out, true sets an empty one
 * @param {...(Node|string|null|undefined|false)} children strings become text nodes
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "style") Object.entries(value).forEach(([key, to]) => element.style.setProperty(key, to));
    else if (name === "on") Object.entries(value).forEach(([event, run]) => element.addEventListener(event, run));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/**
 * Make one of the icons of icons.svg, hidden from screen readers.
 *
 * @param {string} name the id of a symbol
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * Make a button that shows only an icon, with a name for screen readers and a tooltip.
 *
 * @param {string} name the icon
 * @param {string} label
 * @param {Object<string, *>} [properties] as for `el`
 * @returns {HTMLButtonElement}
 */
export function iconButton(name, label, properties = {}) {
  return el(
    "button",
    { type: "button", "aria-label": label, title: label, ...properties, class: `icon-button ${properties.class ?? ""}` },
    icon(name),
  );
}

/**
 * Find the one element with an id of index.html.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no element with the id ${id}`);
  return element;
}

/**
 * Say whether an event is Enter or Space, for things that act like a button inside running text.
 *
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
export function isActivation(event) {
  return event.key === "Enter" || event.key === " ";
}
