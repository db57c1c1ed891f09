/** How people, bots and groups are named and coloured. */

const COLORS = 7;

/**
 * @param {Object|undefined} person a User or a Chat
 * @returns {string}
 */
export function personName(person) {
  if (!person) return "Ai đó";
  return [person.first_name, person.last_name].filter(Boolean).join(" ") || person.title || person.username || "Ai đó";
}

/**
 * @param {Object|undefined} person a User or a Chat
 * @returns {number} which of the page's colours is theirs, 0 to 6
 */
export function personColor(person) {
  return Math.abs(person?.id ?? 0) % COLORS;
}

/**
 * @param {string} label such as "Cán bộ"
 * @returns {string} the letters for an avatar, such as "CB"
 */
export function initials(label) {
  const words = label.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("") || "?";
}
