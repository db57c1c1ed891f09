/** Puts the page together: loads who is there, opens chats, and hands events on. */

import { attempt, messageActions } from "./actions.js";
import { api, ApiError } from "./api.js";
import { ChatHeader } from "./chat_header.js";
import { ChatList } from "./chat_list.js";
import { ChatView } from "./chat_view.js";
import { Composer } from "./composer.js";
import { promptDialog, toast } from "./dialogs.js";
import { byId } from "./dom.js";
import { EventStream } from "./events.js";
import { startTheme } from "./theme.js";

const RETRY_MS = 500;
const PHONE = matchMedia("(max-width: 720px)");

/** The page as a whole. */
class Page {
  people = null;
  #actions = messageActions({
    view: () => this.view,
    composer: () => this.composer,
    people: () => this.people,
    openPrivate: () => this.#openPrivate(),
    openElsewhere: (text) => this.#openElsewhere(text),
  });

  composer = new Composer(() => this.people, { attempt, tell: toast });
  header = new ChatHeader(() => this.people, {
    openAs: (persona) => this.open({ persona, chat: this.view.address.chat }),
    attempt,
    jumpTo: (id) => this.#actions.jumpTo(id),
    deepLink: (parameter) => this.composer.deepLink(parameter),
  });
  view = new ChatView(this.#actions, { header: this.header, composer: this.composer, people: () => this.people });
  list = new ChatList(() => this.people, (address) => this.open(address));
  events = null;

  /** Load everything and follow the events. */
  async start() {
    this.people = await api.people();
    this.list.draw();
    const handlers = {
      event: (name, data, id) => this.#event(name, data, id),
      reset: () => this.#reset(),
      connected: (yes) => (byId("offline").hidden = yes),
    };
    this.events = new EventStream(this.people, handlers);
    this.events.open();
    addEventListener("hashchange", () => this.#follow());
    byId("back").addEventListener("click", () => (location.hash = ""));
    byId("add-person").addEventListener("click", () => this.#addPerson());
    await this.#follow();
  }

  /**
   * Open a chat; the address bar remembers it.
   *
   * @param {import("./api.js").Address} address
   */
  open({ persona, chat }) {
    const hash = `#${persona}/${chat}`;
    if (location.hash !== hash) location.hash = hash;
    else this.#follow();
  }

  async #follow() {
    const [persona, chat] = location.hash.slice(1).split("/");
    const known = this.people.personas.some(({ key }) => key === persona) && ["private", "group"].includes(chat);
    document.body.classList.toggle("chat-open", known);
    if (!known && PHONE.matches) {
      this.list.select(null);
      return;
    }
    const address = known ? { persona, chat } : { persona: this.people.personas[0].key, chat: "private" };
    document.body.dataset.chat = address.chat;
    if (address.chat === "group") document.documentElement.dataset.groupViewer = address.persona;
    this.list.select(address);
    await this.view.open(address);
    this.#deepLinkFromAddress();
  }

  #deepLinkFromAddress() {
    const url = new URL(location.href);
    const parameter = url.searchParams.get("start");
    if (parameter === null || this.view.address.chat !== "private" || !this.view.chat) return;
    url.searchParams.delete("start");
    history.replaceState(null, "", url);
    this.composer.deepLink(parameter);
  }

  async #openPrivate() {
    const { persona, chat } = this.view.address;
    if (chat === "private") return;
    history.pushState(null, "", `#${persona}/private`);
    await this.#follow();
  }

  async #openElsewhere(text) {
    const { persona, chat } = this.view.address;
    history.pushState(null, "", `#${persona}/${chat === "private" ? "group" : "private"}`);
    await this.#follow();
    if (this.view.chat) this.composer.fill(text);
  }

  /** Show the newest message of every chat in the list. */
  async previews() {
    const inside = this.people.personas.find((persona) => persona.chats.includes("group"));
    const newest = async (key, address) => {
      const chat = await attempt(api.chat(address, { limit: 1 }));
      if (chat) this.list.preview(key, chat.messages.at(-1));
    };
    const all = this.people.personas.map(({ key }) => newest(key, { persona: key, chat: "private" }));
    if (inside) all.push(newest("group", { persona: inside.key, chat: "group" }));
    await Promise.all(all);
  }

  #event(name, data, id) {
    if (name === "bot_changed") {
      Object.assign(this.people, { bot: data.bot, last_event_id: id });
      this.header.refresh();
      this.view.refresh();
      return;
    }
    if (name === "chat_changed") this.#peopleAgain();
    const viewer = this.people.personas.find(({ key }) => key === this.view.address?.persona)?.user.id ?? 0;
    this.list.apply(name, data, viewer);
    const outside = this.view.address?.chat === "group" && !this.view.chat && data.chat_id === this.people.group.id;
    if (outside && name === "chat_changed") this.view.open(this.view.address);
    else this.view.apply(name, data, id);
  }

  async #peopleAgain() {
    const people = await attempt(api.people());
    if (!people) return;
    if (people.last_event_id < this.people.last_event_id) {
      await this.#peopleAgain(); // it was written before what an event has told since
      return;
    }
    const before = JSON.stringify([this.people.personas, this.people.group]);
    this.people = people;
    if (JSON.stringify([people.personas, people.group]) === before) return;
    this.list.draw();
    this.list.select(this.view.address);
  }

  async #reset() {
    const people = await attempt(api.people());
    if (!people) {
      setTimeout(() => this.#reset(), RETRY_MS);
      return;
    }
    this.people = people;
    this.list.draw();
    this.events.continueFrom(people);
    if (this.view.address) await this.view.open(this.view.address);
    await this.previews();
    this.list.select(this.view.address);
  }

  async #addPerson() {
    const name = await promptDialog("Thêm người", "Tên", "Thêm");
    if (!name) return;
    const key = `p${Date.now().toString(36)}`;
    const person = await attempt(api.addPerson({ key, first_name: name, label: name }));
    if (!person) return;
    await this.#peopleAgain();
    this.open({ persona: key, chat: "private" });
  }
}

startTheme(byId("theme"));
const page = new Page();

async function begin() {
  try {
    await page.start();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status) throw error;
    byId("offline").hidden = false;
    setTimeout(begin, RETRY_MS);
    return;
  }
  document.body.dataset.ready = "yes";
  await page.previews();
}

begin();
