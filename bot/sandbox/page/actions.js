/** What clicks inside messages do. */

import { api, ApiError } from "./api.js";
import { alertDialog, showPhoto, toast } from "./dialogs.js";
import { safeUrl } from "./entities.js";
import { openMessageMenu } from "./message_menu.js";

/**
 * Wait for a request and tell the person when it was refused.
 *
 * @param {Promise<*>} request
 * @returns {Promise<*>} undefined for a refusal
 */
export async function attempt(request) {
  try {
    return (await request) ?? {};
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.explanation);
    return undefined;
  }
}

/**
 * Make the actions of the messages in a view.
 *
 * @param {{view: function(): import("./chat_view.js").ChatView, composer: function(): import("./composer.js").Composer,
 *   people: function(): Object, openPrivate: function(): Promise<void>, openElsewhere: function(string): void}} page
 * @returns {import("./message.js").MessageActions & import("./entities.js").TextActions}
 */
export function messageActions(page) {
  const address = () => page.view().address;

  /** A deep link to the bot is followed inside the page. */
  function openLink(url) {
    const parameter = deepLinkParameter(url, page.people().bot.username);
    if (parameter === null) return false;
    page.openPrivate().then(() => page.composer().deepLink(parameter));
    return true;
  }

  const actions = {
    openLink,
    command: (text) => page.composer().send(text),
    copy: async (text, said) => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        toast("Trình duyệt không cho chép vào bảng nhớ.");
        return;
      }
      toast(said);
    },
    press: async (message, row, column) => {
      const answer = await attempt(api.press(address(), message.message_id, row, column));
      if (!answer) return;
      if (answer.answered === false) toast("Bot chưa trả lời nút này.");
      else if (answer.url) follow(answer.url);
      else if (answer.text && answer.show_alert) await alertDialog(page.people().bot.first_name, answer.text);
      else if (answer.text) toast(answer.text);
    },
    vote: async (message, options) => {
      const done = await attempt(api.vote(address(), message.message_id, options));
      if (!done) throw new ApiError(409, "the vote was refused");
    },
    toggleReaction: async (message, emoji) => {
      const viewer = page.view().persona.user.id;
      const now = page.view().timeline.message(message.message_id) ?? message;
      const mine = (now.sandbox?.reactions ?? []).some((given) => given.emoji === emoji && given.user_ids.includes(viewer));
      await attempt(api.react(address(), message.message_id, mine ? [] : [emoji]));
    },
    switchInline: (query, here) => {
      const text = `@${page.people().bot.username} ${query}`;
      if (here) page.composer().fill(text);
      else page.openElsewhere(text);
    },
    unsupported: toast,
    jumpTo: async (id) => {
      if (!(await page.view().jumpTo(id))) toast("Tin nhắn này không còn.");
    },
    openPhoto: showPhoto,
    openMenu: (message, opener, point) => {
      const box = opener.getBoundingClientRect();
      const at = point ?? { x: box.left + 24, y: box.top + 24 };
      const now = page.view().timeline.message(message.message_id) ?? message;
      openMessageMenu(now, at, opener, page.view(), { composer: page.composer(), attempt, actions });
    },
  };

  function follow(address) {
    const url = safeUrl(address);
    if (url && !openLink(url)) open(url.href, "_blank", "noopener");
  }

  return actions;
}

/**
 * Return the parameter of a deep link to the bot ("" for none), or null for any other address.
 *
 * @param {URL} url
 * @param {string} username the bot's
 * @returns {string|null}
 */
function deepLinkParameter(url, username) {
  const bot = username?.toLowerCase();
  if (/^https?:$/.test(url.protocol) && /^(www\.)?(t|telegram)\.me$/.test(url.hostname)) {
    return url.pathname.slice(1).toLowerCase() === bot ? (url.searchParams.get("start") ?? "") : null;
  }
  if (url.protocol === "tg:" && /^tg:\/*resolve/.test(url.href)) {
    return url.searchParams.get("domain")?.toLowerCase() === bot ? (url.searchParams.get("start") ?? "") : null;
  }
  return null;
}
