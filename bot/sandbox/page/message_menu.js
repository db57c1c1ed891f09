/** What can be done with a message: the menu that opens on it. */

import { api } from "./api.js";
import { confirmDialog } from "./dialogs.js";
import { el } from "./dom.js";
import { openMenu } from "./menu.js";

const QUICK_REACTIONS = ["👍", "❤", "🔥", "👏", "🎉", "🤔", "👎"];

/**
 * Open the menu of a message.
 *
 * @param {Object} message
 * @param {{x: number, y: number}} point
 * @param {HTMLElement} opener gets the focus back
 * @param {import("./chat_view.js").ChatView} view
 * @param {{composer: import("./composer.js").Composer, attempt: function(Promise<*>): Promise<*>,
 *   actions: import("./message.js").MessageActions}} run
 */
export function openMessageMenu(message, point, opener, view, { composer, attempt, actions }) {
  const { address } = view;
  const id = message.message_id;
  const own = message.from?.id === view.persona.user.id;
  const manages = address.chat === "private" || view.persona.key === "admin";
  const text = message.text ?? message.caption ?? message.poll?.question;
  const pinned = view.chat.pinned.includes(id);
  const items = [{ icon: "reply", label: "Trả lời", run: () => composer.reply(message) }];
  if (text) items.push({ icon: "copy", label: "Chép chữ", run: () => actions.copy(text, "Đã chép tin nhắn") });
  if (own && (message.text ?? message.caption)) items.push({ icon: "edit", label: "Sửa", run: () => composer.edit(message) });
  if (manages) {
    items.push({ icon: "pin", label: pinned ? "Bỏ ghim" : "Ghim", run: () => attempt(api.pin(address, id, !pinned)) });
  }
  if (own || manages) {
    items.push({
      icon: "trash",
      label: "Xoá",
      danger: true,
      run: async () => {
        const yes = await confirmDialog("Xoá tin nhắn", "Tin nhắn sẽ mất ở cả hai phía.", "Xoá");
        if (yes) await attempt(api.remove(address, id));
      },
    });
  }
  const given = message.sandbox?.reactions ?? [];
  const menu = openMenu(items, point, opener, el(
    "div",
    { class: "reaction-bar", role: "group", "aria-label": "Bày tỏ cảm xúc" },
    QUICK_REACTIONS.map((emoji) => {
      const mine = given.some((reaction) => reaction.emoji === emoji && reaction.user_ids.includes(view.persona.user.id));
      const run = () => {
        menu.hidePopover();
        actions.toggleReaction(message, emoji);
      };
      return el("button", { type: "button", class: mine ? "mine" : "", "aria-pressed": String(mine), "aria-label": emoji, on: { click: run } }, emoji);
    }),
  ));
}
