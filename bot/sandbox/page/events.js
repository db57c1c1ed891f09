/** The stream of events: connects, reconnects where it stopped, and gives each event once. */

const NAMES = [
  "message",
  "message_changed",
  "messages_deleted",
  "action",
  "draft",
  "pins",
  "keyboard",
  "chat_changed",
  "bot_changed",
];
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

/** Follows everyone's events from one id on. */
export class EventStream {
  #source = null;
  #last;
  #wait = FIRST_WAIT_MS;
  #timer = 0;
  #handlers;

  /**
   * @param {number} after the `last_event_id` of what was loaded
   * @param {{event: function(string, Object, number): void, reset: function(): void, connected: function(boolean): void}}
   *   handlers `event` gets the name, the data and the id; `reset` is called when events were lost (or the server is a
   *   new one) and everything has to be loaded again
   */
  constructor(after, handlers) {
    this.#last = after;
    this.#handlers = handlers;
    // A page that goes into the browser's cache must not keep its connection.
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
  }

  /** Connect; the events come from then on. */
  open() {
    this.close();
    // EventSource reconnects by itself, but gives up after some errors; one way for all cases is easier to trust.
    const source = new EventSource(`/users/events?after=${this.#last}`);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#wait = FIRST_WAIT_MS;
      this.#handlers.connected(true);
    });
    source.addEventListener("error", () => this.#retry());
    for (const name of NAMES) source.addEventListener(name, (event) => this.#take(name, event));
    source.addEventListener("reset", (event) => {
      this.#last = Number(event.lastEventId) || this.#last;
      this.#handlers.reset();
    });
  }

  /** Go on after another point, when everything was loaded again. */
  continueAfter(id) {
    this.#last = id;
    this.open();
  }

  /** Disconnect. */
  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #take(name, event) {
    const id = Number(event.lastEventId);
    if (id <= this.#last) return;
    this.#last = id;
    this.#handlers.event(name, JSON.parse(event.data), id);
  }

  #retry() {
    this.close();
    this.#handlers.connected(false);
    this.#timer = setTimeout(() => this.#reconnect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  async #reconnect() {
    // A server that was restarted has forgotten everything and counts from the beginning.
    let people;
    try {
      const response = await fetch("/users");
      people = await response.json();
    } catch {
      this.#retry();
      return;
    }
    if (people.last_event_id < this.#last) this.#handlers.reset();
    else this.open();
  }
}
